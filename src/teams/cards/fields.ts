/*
 * Microsoft's client sends no input that is empty, so that a press does not tell a field that somebody emptied from one
 * that did not stand on the card: https://github.com/microsoft/AdaptiveCards (`isSet` of its inputs). So every button
 * that brings the inputs along says which ones there were. They stand in its data, since Teams on a telephone has shown
 * hidden inputs: https://github.com/microsoft/AdaptiveCards/issues/4335
 *
 * They also say which of them hold something whatever anybody does. Where one of those does not come, the press is from a
 * client that sends less than the inputs hold, and what is missing was not emptied.
 */

/** Where a button's data says which inputs stood on its card. */
const fieldsKey = 'fields';

interface Input {
  readonly id: string;
  readonly type: string;
  /** one of its choices is chosen, and nobody can choose none */
  readonly holds: boolean;
}

/** Behind the id of an input that holds something whatever anybody does. */
const holding = '!';

/** The inputs of a card that hold an answer; what stands in one to be copied is none. */
export function inputsOf(node: unknown): readonly Input[] {
  if (Array.isArray(node)) return node.flatMap(inputsOf);
  if (!isObject(node)) return [];
  const { type, id } = node;
  if (typeof type === 'string' && typeof id === 'string' && type.startsWith('Input.'))
    return id.startsWith('copy:') ? [] : [{ id, type, holds: holds(node) }];
  // A card within the card has inputs of its own, which go with its own buttons.
  return Object.values(node).flatMap((each) => (isCard(each) ? [] : inputsOf(each)));
}

function holds({ type, isMultiSelect, value, choices }: Readonly<Record<string, unknown>>): boolean {
  if (type !== 'Input.ChoiceSet' || isMultiSelect === true || !Array.isArray(choices)) return false;
  return choices.some((choice) => isObject(choice) && choice['value'] === value && value !== '');
}

/** The card with, in each button that brings its inputs along, the ids of these, with a blank between. */
export function sayingFields(node: unknown, around: readonly string[] = []): unknown {
  if (Array.isArray(node)) return node.map((each) => sayingFields(each, around));
  if (!isObject(node)) return node;
  if (bringsInputs(node)) {
    if (around.length === 0) return node;
    const data = isObject(node['data']) ? node['data'] : {};
    return { ...node, data: { ...data, [fieldsKey]: around.join(' ') } };
  }
  const own = isCard(node) ? inputsOf(node).map((input) => `${input.id}${input.holds ? holding : ''}`) : [];
  const fields = [...around, ...own];
  return Object.fromEntries(Object.entries(node).map(([name, each]) => [name, sayingFields(each, fields)]));
}

/** Whether a part of a card is one of its elements, or an object within one. */
export const isObject = (node: unknown): node is Readonly<Record<string, unknown>> =>
  typeof node === 'object' && node !== null && !Array.isArray(node);

const isCard = (node: unknown): boolean => isObject(node) && node['type'] === 'AdaptiveCard';

const bringsInputs = ({ type, associatedInputs }: Readonly<Record<string, unknown>>): boolean =>
  (type === 'Action.Execute' || type === 'Action.Submit') && associatedInputs !== 'none';

type Fields = Readonly<Record<string, unknown>>;

/** What the form of the words asked in any case in releases whose buttons do not say which fields stood beside them. */
const inEarlierForms = ['when', 'until', 'quote'];

/**
 * What a press brought, with each field that stood on its card and did not come as empty: clients send nothing of what
 * somebody emptied. The list gives no right: whoever makes one up could as well have sent empty fields.
 */
export function withEmptied(data: Fields): Fields {
  const { [fieldsKey]: said, ...brought } = data;
  const stood = typeof said === 'string' ? said.split(' ') : inEarlierRelease(brought);
  const missing = stood.filter((id) => id !== '' && isMissing(brought[idOf(id)]));
  if (missing.some((id) => id.endsWith(holding))) return brought;
  return { ...brought, ...Object.fromEntries(missing.map((id) => [id, ''])) };
}

const idOf = (said: string): string => (said.endsWith(holding) ? said.slice(0, -holding.length) : said);

const isMissing = (value: unknown): boolean => value === undefined || value === null;

const inEarlierRelease = ({ text, accounts }: Fields): readonly string[] =>
  text === undefined && accounts === undefined ? [] : inEarlierForms;
