import { oneAhead } from '../../../handlers/shared/one-ahead';

describe('items that are fetched one ahead', () => {
  it('are used while the next one is on its way, and none further ahead', async () => {
    const fetched: number[] = [];
    // eslint-disable-next-line @typescript-eslint/require-await -- items come from a bucket
    async function* items() {
      for (let item = 1; item <= 4; item++) {
        fetched.push(item);
        yield item;
      }
    }
    const ahead: [used: number, fetched: number][] = [];
    for await (const item of oneAhead(items())) ahead.push([item, fetched.length]);
    expect(ahead).toEqual([
      [1, 2],
      [2, 3],
      [3, 4],
      [4, 4],
    ]);
  });

  it('are not fetched any more after whoever uses them has stopped', async () => {
    let isEnded = false;
    // eslint-disable-next-line @typescript-eslint/require-await -- items come from a bucket
    async function* items() {
      try {
        for (let item = 1; ; item++) yield item;
      } finally {
        isEnded = true;
      }
    }
    for await (const item of oneAhead(items())) if (item === 2) break;
    await new Promise((resolve) => setImmediate(resolve));
    expect(isEnded).toBe(true);
  });

  it('end with the error of an item, after those before it', async () => {
    // eslint-disable-next-line @typescript-eslint/require-await -- items come from a bucket
    async function* items() {
      yield 1;
      throw new Error('not readable');
    }
    const used: number[] = [];
    const use = async () => {
      for await (const item of oneAhead(items())) used.push(item);
    };
    await expect(use()).rejects.toThrow('not readable');
    expect(used).toEqual([1]);
  });
});
