/**
 * The same reading of a text, made once for several rules: the last few texts and what was read in them are kept.
 * The reading has to be pure.
 */
export function remembered<T>(read: (text: string) => T, most = 24): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const found = read(text);
    const [oldest] = known.keys();
    if (known.size >= most && oldest !== undefined) known.delete(oldest);
    known.set(text, found);
    return found;
  };
}
