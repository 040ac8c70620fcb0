import { printableJson, printableLine, printableText } from '../../local/printable';

/** What each does to a terminal, or to the order in which a person reads. */
const HOSTILE = {
  'a change of color': '\u001b[31mred',
  'a change of the title': '\u001b]0;title\u0007',
  'a C1 control sequence': '\u009b2J',
  'a deleted character': 'a\u007f',
  'a return to the start of the line': 'failed\rcollected',
  'a line of its own': 'name\nCollected 5 of 5 accounts',
  'a line separator': 'name\u2028line',
  'a change of direction': '\u202egnp.exe',
  'an isolate': '\u2067x\u2069',
  'an invisible character': 'pay\u200bpal',
  'a tag character': '\u{e0041}',
  'half a character': '\ud800',
};

describe('a line that is printed', () => {
  it.each(Object.entries(HOSTILE))('has a question mark instead of %s', (_what, text) => {
    expect(printableLine(text)).toMatch(/^[\w .;[\]?]+$/);
    expect(printableLine(text)).toContain('?');
  });

  it('has the letters of every script', () => {
    const names = 'Zürich, Ελλάδα, Россия, العربية, हिन्दी, 日本語, 👍 <a & "b"> \\ ~';
    expect(printableLine(names)).toBe(names);
    expect(printableJson(JSON.stringify(names))).toBe(JSON.stringify(names));
  });
});

describe('a text that is printed', () => {
  it('keeps its lines, and nothing else that controls a terminal', () => {
    expect(printableText('one\n\u001b[2Jtwo\r\n')).toBe('one\n?[2Jtwo?\n');
  });
});

describe('JSON that is printed', () => {
  it.each(Object.entries(HOSTILE))('has %s as an escape, and the same value', (_what, text) => {
    const printed = printableJson(`${JSON.stringify({ name: text })}\n`);
    expect(printed).toMatch(/^[ -~]+\n$/);
    expect(JSON.parse(printed)).toEqual({ name: text });
  });
});
