/** Does something with each of many, so many at once. */
export async function forEach<T>(
  items: AsyncIterable<T>,
  atOnce: number,
  each: (item: T) => Promise<void>,
): Promise<void> {
  let batch: Promise<void>[] = [];
  for await (const item of items) {
    batch.push(each(item));
    if (batch.length < atOnce) continue;
    await Promise.all(batch);
    batch = [];
  }
  await Promise.all(batch);
}
