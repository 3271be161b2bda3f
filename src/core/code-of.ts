/** What the operating system, or a vendor's client, calls a fault; undefined where it gives it no name. */
export const codeOf = (fault: unknown): string | undefined =>
  fault instanceof Error && 'code' in fault && typeof fault.code === 'string' ? fault.code : undefined;

/** The same, or the status that a service answered with, of the fault or of what is behind it: for the log. */
export function codeBehind(fault: unknown): string | undefined {
  for (let at = fault, deep = 0; at instanceof Error && deep < 5; at = at.cause, deep += 1) {
    if ('code' in at && (typeof at.code === 'string' || typeof at.code === 'number')) return String(at.code);
  }
  return undefined;
}
