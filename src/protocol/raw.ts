/** A part of a protocol file of which nothing is known yet: whatever its names hold. */
export type Part = Readonly<Record<string, unknown>>;

/** A part that is none is an empty one: what is wrong with it is told where it is read in full. */
export function part(value: unknown): Part {
  return isPart(value) ? value : {};
}

/** Whether a value is a part, and no list and no single value. */
export function isPart(value: unknown): value is Part {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What is no list is an empty one. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Only the texts of a list. */
export function texts(values: readonly unknown[]): readonly string[] {
  return values.filter((value) => typeof value === 'string');
}

/** What is no text is an empty one. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
