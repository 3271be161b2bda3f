/**
 * The same reading of a text, or of a number, made once for several rules: the last few and what was read in them are
 * kept. The reading has to be pure.
 */
export function remembered<T, K extends string | number = string>(
  read: (of: K) => T,
  most = 24,
): (of: K) => T {
  const known = new Map<K, T>();
  return (of) => {
    const before = known.get(of);
    if (before !== undefined) return before;
    const found = read(of);
    const [oldest] = known.keys();
    if (known.size >= most && oldest !== undefined) known.delete(oldest);
    known.set(of, found);
    return found;
  };
}
