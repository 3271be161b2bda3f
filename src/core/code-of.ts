/** What the operating system, or a vendor's client, calls a fault; undefined where it gives it no name. */
export const codeOf = (fault: unknown): string | undefined =>
  fault instanceof Error && 'code' in fault && typeof fault.code === 'string' ? fault.code : undefined;
