/** A part of a protocol file of which nothing is known yet: whatever its names hold. */
export type Part = Readonly<Record<string, unknown>>;

export function part(value: unknown): Part {
  return isPart(value) ? value : {};
}

function isPart(value: unknown): value is Part {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function texts(values: readonly unknown[]): readonly string[] {
  return values.filter((value) => typeof value === 'string');
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
