/**
 * Adaptive Cards Templating, as far as Crier's templates use it: `$data`, `$when`, and in `${…}` paths, `$root`,
 * texts in single quotes, `!`, `&&`, `==`, `!=` and `if(…)`. What a template says beyond that is a fault when it is
 * read. A test holds this equal to Microsoft's own expander over every template; that one evaluates each
 * expression through an interpreter of a far larger language, which costs ten times as much for every card, and
 * 0.3 s of every start.
 */

/** Where an expression is evaluated. */
interface Scope {
  readonly root: unknown;
  readonly data: unknown;
}

type Evaluate = (scope: Scope) => unknown;
/** A part of a template, ready to be filled. `null`: nothing of it is shown. */
type Expand = (scope: Scope) => unknown;

/** Reads a template once. @returns what fills it with data. @throws for what it says beyond the language above */
export function compile(template: unknown): (data: unknown) => unknown {
  const expand = compiled(template);
  return (data) => expand({ root: data, data });
}

function compiled(node: unknown): Expand {
  if (typeof node === 'string') return node.includes('${') ? interpolated(node) : () => node;
  if (Array.isArray(node)) return list(node.map(compiled));
  if (typeof node === 'object' && node !== null) return element(node);
  return () => node;
}

function list(items: readonly Expand[]): Expand {
  return (scope) => {
    const shown: unknown[] = [];
    for (const item of items) {
      const value = item(scope);
      if (Array.isArray(value)) for (const each of value) shown.push(each);
      else if (value !== null) shown.push(value);
    }
    return shown;
  };
}

const reserved: ReadonlySet<string> = new Set(['$data', '$when', '$root', '$index', '$host']);

/** An object; repeated for each item where its data is a list, which is the data of everything in it. */
function element(node: object): Expand {
  const given = new Map<string, unknown>(Object.entries(node));
  const [when, data] = [given.get('$when'), given.get('$data')];
  const shownWhen = when === undefined ? undefined : expressionOf(when);
  const dataOf = data === undefined ? undefined : expressionOf(data);
  const fields = [...given]
    .filter(([name]) => !reserved.has(name))
    .map(([name, value]) => ({ name, expand: compiled(value) }));
  const one = (scope: Scope): unknown => {
    if (shownWhen !== undefined && shownWhen(scope) !== true) return null;
    const filled: Record<string, unknown> = {};
    for (const { name, expand } of fields) {
      const value = expand(scope);
      if (value !== undefined) filled[name] = value;
    }
    return filled;
  };
  if (dataOf === undefined) return one;
  return (scope) => {
    const found = dataOf(scope);
    if (!Array.isArray(found)) return one({ root: scope.root, data: found });
    const shown: unknown[] = [];
    for (const item of found) {
      const value = one({ root: scope.root, data: item });
      if (value !== null) shown.push(value);
    }
    return shown.length === 0 ? null : shown.length === 1 ? shown[0] : shown;
  };
}

/** `$when` and `$data` hold one expression and nothing beside it. */
function expressionOf(text: unknown): Evaluate {
  const match = typeof text === 'string' ? /^\$\{([^}]*)\}$/u.exec(text) : null;
  if (match?.[1] === undefined) throw new Error('a template holds a $data or $when that is no expression');
  return parse(match[1]);
}

/** A text with expressions in it; one that is nothing but an expression has that one's value, of whatever type. */
function interpolated(text: string): Expand {
  const parts = text.split(/\$\{([^}]*)\}/u).map((part, n) => (n % 2 === 0 ? () => part : shownAs(part)));
  const [before, only] = parts;
  if (parts.length === 3 && only !== undefined && text.startsWith('${') && text.endsWith('}')) return only;
  if (before === undefined) return () => text;
  return (scope) => parts.map((part) => String(part(scope))).join('');
}

/** A field that the data lacks is shown as its name: it should be seen, and tests look for it. */
function shownAs(source: string): Evaluate {
  const evaluate = parse(source);
  return (scope) => evaluate(scope) ?? `\${${source}}`;
}

/** Parses one expression. */
function parse(source: string): Evaluate {
  const tokens = source.match(/'[^']*'|[$\w.]+|&&|==|!=|[!(),]|\S/gu) ?? [];
  let at = 0;
  const fail = (): never => {
    throw new Error(`a template holds an expression beyond what Crier's templates use: ${source}`);
  };
  const take = (token: string): boolean => tokens[at] === token && (at += 1) > 0;
  const expect = (token: string): void => {
    if (!take(token)) fail();
  };

  function both(): Evaluate {
    let left = not();
    while (take('&&')) {
      const [one, other] = [left, not()];
      left = (scope) => isTrue(one(scope)) && isTrue(other(scope));
    }
    return left;
  }
  function not(): Evaluate {
    if (!take('!')) return compared();
    const negated = not();
    return (scope) => !isTrue(negated(scope));
  }
  function compared(): Evaluate {
    const left = value();
    const same = take('==');
    if (!same && !take('!=')) return left;
    const right = value();
    return (scope) => (left(scope) === right(scope)) === same;
  }
  function value(): Evaluate {
    const token = tokens[at] ?? fail();
    at += 1;
    if (token.startsWith("'")) {
      const text = token.slice(1, -1);
      return () => text;
    }
    if (token === 'if' && take('(')) {
      const condition = both();
      expect(',');
      const then = both();
      expect(',');
      const otherwise = both();
      expect(')');
      return (scope) => (isTrue(condition(scope)) ? then(scope) : otherwise(scope));
    }
    return path(token) ?? fail();
  }

  const whole = both();
  if (at !== tokens.length) fail();
  return whole;
}

const isTrue = (value: unknown): boolean =>
  typeof value === 'boolean' ? value : value !== undefined && value !== null;

function path(token: string): Evaluate | undefined {
  if (!/^(?:\$root|\$data|[A-Za-z]\w*)(?:\.[A-Za-z]\w*)*$/u.test(token)) return undefined;
  const [first = '', ...rest] = token.split('.');
  const fromRoot = first === '$root';
  const names = fromRoot || first === '$data' ? rest : [first, ...rest];
  return ({ root, data }) => {
    let value = fromRoot ? root : data;
    for (const name of names) value = fieldOf(value, name);
    return value;
  };
}

function fieldOf(of: unknown, name: string): unknown {
  if (typeof of !== 'object' || of === null || !Object.hasOwn(of, name)) return undefined;
  return Reflect.get(of, name);
}
