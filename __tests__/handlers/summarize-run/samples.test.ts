import { Sample } from '../../../handlers/summarize-run/samples';

describe('a sample', () => {
  const sampleOf = (...kinds: [kind: string, count: number][]) => {
    const sample = new Sample<string>(10);
    for (const [kind, count] of kinds)
      for (let index = 0; index < count; index++) sample.add(kind, () => `${kind}${index}`);
    return sample;
  };

  it('gives every kind an equal share, and passes on what a kind does not need', () => {
    const taken = sampleOf(['a', 9], ['b', 1], ['c', 9]).take(9);
    expect(['a', 'b', 'c'].map((kind) => taken.filter((item) => item.startsWith(kind)).length)).toEqual([
      4, 1, 4,
    ]);
  });

  it('keeps a bounded number of items and counts all of them', () => {
    const sample = sampleOf(['a', 1_000]);
    expect(sample.take(500)).toHaveLength(10);
    expect(sample.total).toBe(1_000);
  });

  it('returns all items if there are fewer than wanted', () => {
    expect(sampleOf(['a', 2], ['b', 1]).take(50)).toEqual(['a0', 'a1', 'b0']);
  });

  it('returns nothing if nothing is wanted or kept', () => {
    expect(sampleOf(['a', 5]).take(0)).toEqual([]);
    expect(sampleOf().take(5)).toEqual([]);
  });

  it('returns the first items of every kind, kind by kind in the order in which they came', () => {
    expect(sampleOf(['b', 3], ['a', 1], ['c', 3]).take(6)).toEqual(['b0', 'b1', 'b2', 'a0', 'c0', 'c1']);
  });

  it('keeps exactly as many items of a kind as it may', () => {
    expect(sampleOf(['a', 9]).take(50)).toHaveLength(9);
    expect(sampleOf(['a', 10]).take(50)).toHaveLength(10);
    expect(sampleOf(['a', 11], ['b', 11]).take(50)).toHaveLength(20);
  });
});
