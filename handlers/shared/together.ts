/**
 * The results of all, in their order. It waits for all of them even if one fails: nothing is still being written when the error is
 * told.
 * @throws the error of the first one in that order that failed
 */
export async function together<const All extends readonly unknown[]>(all: All): Promise<Results<All>> {
  await Promise.allSettled(all);
  return Promise.all(all);
}

type Results<All extends readonly unknown[]> = { -readonly [Index in keyof All]: Awaited<All[Index]> };
