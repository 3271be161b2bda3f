/** A button that gives Crier a verb. */
export interface CardButton {
  readonly title: string;
  readonly verb: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** whether the card's inputs go with it */
  readonly withInputs: boolean;
  /** how it is drawn; empty: like any other */
  readonly style: string;
}

type Node = Readonly<Record<string, unknown>>;

function* nodesOf(value: unknown): Generator<Node> {
  if (Array.isArray(value)) {
    for (const each of value) yield* nodesOf(each);
    return;
  }
  if (value === null || typeof value !== 'object') return;
  const node: Node = { ...value };
  yield node;
  for (const [key, child] of Object.entries(node))
    if (key !== 'data' && key !== 'refresh') yield* nodesOf(child);
}

const textFrom = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Every button of a card, wherever it stands, in reading order. */
export function buttonsIn(card: object): readonly CardButton[] {
  return [...nodesOf(card)]
    .filter((node) => node['type'] === 'Action.Execute')
    .map((node) => ({
      title: textFrom(node['title']),
      verb: textFrom(node['verb']),
      withInputs: node['associatedInputs'] !== 'none',
      style: textFrom(node['style']),
      data: typeof node['data'] === 'object' && node['data'] !== null ? { ...node['data'] } : {},
    }));
}

/** What the inputs of a card hold before anybody types. */
export function inputsIn(card: object): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...nodesOf(card)]
      .filter((node) => textFrom(node['type']).startsWith('Input.'))
      .map((node) => [textFrom(node['id']), textFrom(node['value'])]),
  );
}

/** What may be chosen in an input of a card: title → value. */
export function choicesIn(card: object, id: string): Readonly<Record<string, string>> {
  const input = [...nodesOf(card)].find((node) => node['id'] === id);
  return Object.fromEntries(
    [...nodesOf(input?.['choices'])].map((choice) => [textFrom(choice['title']), textFrom(choice['value'])]),
  );
}

/**
 * What goes with a press on a card, of which people have filled in something: Microsoft's client sends no input that is
 * empty.
 */
export function sentWith(
  card: object,
  typed: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const filled = { ...inputsIn(card), ...typed };
  return Object.fromEntries(Object.entries(filled).filter(([, value]) => value !== ''));
}

/** What people put before Markdown's marks so that they read as themselves. */
const unescaped = (text: string): string => text.replace(/\\([\\`*_{}[\]()#+\-.!~>|<])/gu, '$1');

/** All that a card says, titles of buttons and labels included, blanks made one. */
export function textOf(card: object): string {
  const words = [...nodesOf(card)].flatMap((node) => [
    ...(typeof node['text'] === 'string' ? [node['text']] : []),
    ...(typeof node['label'] === 'string' ? [node['label']] : []),
    ...(textFrom(node['type']).startsWith('Action.') ? [`[${textFrom(node['title'])}]`] : []),
    ...(textFrom(node['type']) === 'Input.Toggle' ? [textFrom(node['title'])] : []),
    ...(typeof node['altText'] === 'string' ? [node['altText']] : []),
  ]);
  return unescaped(words.join(' ')).replace(/\s+/gu, ' ').trim();
}
