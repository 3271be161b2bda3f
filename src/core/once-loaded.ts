/**
 * Loads something with the first use of it and keeps it; first uses at the same moment share one load. A load that
 * failed is not kept: the next use tries again, so that a moment's want of files or memory does not last for ever.
 *
 * @param load is given what the use that begins it is given
 */
export function onceLoaded<A extends readonly unknown[], T>(
  load: (...given: A) => Promise<T>,
): (...given: A) => Promise<T> {
  let loading: Promise<T> | undefined;
  return async (...given) => {
    const loaded = (loading ??= load(...given));
    try {
      return await loaded;
    } catch (fault) {
      if (loading === loaded) loading = undefined;
      throw fault;
    }
  };
}
