import { Sample } from '../../../handlers/summarize-run/samples';

describe('a sample', () => {
  const sampleOf = (...kinds: [kind: string, count: number][]) => {
    const sample = new Sample<string>(10);
    for (const [kind, count] of kinds)
      for (let index = 0; index < count; index++) sample.add(kind, `${kind}${index}`);
    return sample;
  };

  it('gives every kind an equal share, and what one does not need to the others', () => {
    const taken = sampleOf(['a', 9], ['b', 1], ['c', 9]).take(9);
    expect(['a', 'b', 'c'].map((kind) => taken.filter((item) => item.startsWith(kind)).length)).toEqual([
      4, 1, 4,
    ]);
  });

  it('keeps a bounded number and knows how many there were', () => {
    const sample = sampleOf(['a', 1_000]);
    expect(sample.take(500)).toHaveLength(10);
    expect(sample.total).toBe(1_000);
  });

  it('takes all if there are fewer than wanted', () => {
    expect(sampleOf(['a', 2], ['b', 1]).take(50)).toEqual(['a0', 'a1', 'b0']);
  });
});
