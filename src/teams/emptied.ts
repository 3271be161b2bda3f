import { fieldsKey } from './cards/fields.ts';

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
  const missing = stood.filter((id) => id !== '' && isMissing(brought[id]));
  return { ...brought, ...Object.fromEntries(missing.map((id) => [id, ''])) };
}

const isMissing = (value: unknown): boolean => value === undefined || value === null;

const inEarlierRelease = ({ text, accounts }: Fields): readonly string[] =>
  text === undefined && accounts === undefined ? [] : inEarlierForms;
