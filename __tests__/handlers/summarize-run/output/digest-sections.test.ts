import { type Section, fitSections } from '../../../../handlers/summarize-run/output/digest-sections';

/** A section of that many lines of 10 bytes, line breaks included. */
const section = (name: string, lines: number, total = lines): Section => ({
  title: `${name}: ${total}`,
  lines: Array.from({ length: lines }, (_, index) => `${name} ${String(index).padStart(7, '0')}`),
  total,
  place: 'file',
});
const bytesOf = (lines: readonly string[]) => Buffer.byteLength(lines.map((line) => `${line}\n`).join(''));
const head = ['head'];
const kept = (sections: Section[], maxBytes: number) => {
  const lines = fitSections(head, sections, maxBytes);
  return sections.map(({ title }) => lines.filter((line) => line.startsWith(`${title[0] ?? ''} `)).length);
};

describe('the sections of a message', () => {
  it('are a blank line, the title and the lines when there is room', () => {
    expect(fitSections(head, [section('a', 2), section('b', 1)], 1_000)).toEqual([
      '',
      'a: 2',
      'a 0000000',
      'a 0000001',
      '',
      'b: 1',
      'b 0000000',
    ]);
  });

  it('say how many lines are missing, and where all of them are', () => {
    expect(fitSections(head, [section('a', 2, 7)], 1_000).at(-1)).toBe('and 5 more, see file');
    expect(fitSections(head, [section('a', 9)], 61).slice(-2)).toEqual(['a 0000001', 'and 7 more, see file']);
  });

  it('are cut by whole lines, at the first that does not fit', () => {
    // The head, the title and the line that says how many are missing take 32 bytes, and each line 10.
    expect(bytesOf([...head, '', 'a: 9', 'and 9 more, see file'])).toBe(32);
    expect(kept([section('a', 9)], 51)).toEqual([1]);
    expect(kept([section('a', 9)], 52)).toEqual([2]);
    expect(kept([section('a', 9)], 32 + 89)).toEqual([8]);
    expect(kept([section('a', 9)], 32 + 90)).toEqual([9]);
    expect(kept([section('a', 9)], 0)).toEqual([0]);
  });

  it('have no line after one that did not fit, though it would', () => {
    const lines = ['a 0', `a ${'x'.repeat(50)}`, 'a 2'];
    expect(kept([{ ...section('a', 3), lines }], 60)).toEqual([1]);
  });

  it('share the room equally', () => {
    expect(kept([section('a', 99), section('b', 99)], 400)).toEqual([16, 17]);
    expect(kept([section('a', 99), section('b', 99), section('c', 99)], 600)).toEqual([16, 17, 17]);
  });

  it('leave the room that one does not need to the others, whatever their order', () => {
    expect(kept([section('a', 1), section('b', 99)], 400)).toEqual([1, 35]);
    expect(kept([section('a', 99), section('b', 1)], 400)).toEqual([35, 1]);
    expect(kept([section('a', 99), section('b', 1), section('c', 99)], 600)).toEqual([26, 1, 26]);
  });

  it('count bytes and not characters', () => {
    const lines = Array.from({ length: 9 }, () => 'a öööö');
    expect(kept([{ ...section('a', 9), lines }], 32 + 22)).toEqual([2]);
    expect(kept([{ ...section('a', 9), lines }], 32 + 21)).toEqual([1]);
  });

  it('never need more bytes than there are, once their titles fit', () => {
    for (let maxBytes = 70; maxBytes < 600; maxBytes++) {
      const lines = fitSections(head, [section('a', 20, 30), section('b', 25)], maxBytes);
      expect(bytesOf([...head, ...lines])).toBeLessThanOrEqual(maxBytes);
    }
  });
});
