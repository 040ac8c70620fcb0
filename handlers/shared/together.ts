/**
 * The results of all, in their order. It waits for all of them even if one fails: nothing is still being written when the error is
 * told.
 * @throws the error of the first that failed
 */
export async function together<Result>(all: readonly Promise<Result>[]): Promise<Result[]> {
  const results = await Promise.allSettled(all);
  return results.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}
