/** The same items, of which the next one is on its way while one is used. */
export async function* oneAhead<Item>(items: AsyncIterable<Item>): AsyncGenerator<Item, undefined> {
  const iterator = items[Symbol.asyncIterator]();
  const next = () => {
    const coming = iterator.next();
    // Whoever waits for it gets the error.
    coming.catch(() => undefined);
    return coming;
  };
  try {
    for (let coming = next(); ;) {
      const result = await coming;
      if (result.done) return;
      coming = next();
      yield result.value;
    }
  } finally {
    // Whoever stops early does not wait for the item that is on its way.
    iterator.return?.().catch(() => undefined);
  }
}
