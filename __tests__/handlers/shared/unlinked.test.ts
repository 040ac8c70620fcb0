import fc from 'fast-check';
import { unlinked } from '../../../handlers/shared/unlinked';
import { linksIn } from '../../support/links';

describe('text from outside', () => {
  it.each([
    ['https://evil.example.com/a.html?b=c', 'https[:]//evil[.]example[.]com/a[.]html?b=c'],
    ['HTTP://EVIL', 'HTTP[:]//EVIL'],
    ['see www.evil, or evil.example.', 'see www[.]evil, or evil[.]example.'],
    ['www..', 'www[.].'],
    ['www.]', 'www[.]]'],
    ['www..com', 'www[.][.]com'],
    ['(evil.com)', '(evil[.]com)'],
    ['<https://evil.com|your bank>', '<https[:]//evil[.]com|your bank>'],
    ['evil.com:8443/login', 'evil[.]com:8443/login'],
    ['xn--80ak6aa92e.xn--p1ai', 'xn--80ak6aa92e[.]xn--p1ai'],
    ['почта.рф', 'почта[.]рф'],
    ['evil。com', 'evil[。]com'],
    ['evil.\u200bcom', 'evil[.]\u200bcom'],
    ['❤.ws', '❤[.]ws'],
    ['ada.lovelace', 'ada[.]lovelace'],
    ['ada@example.com', 'ada[@]example[.]com'],
    ['ada@localhost', 'ada[@]localhost'],
    ['étel:1', 'étel[:]1'],
    ['mailto:ada', 'mailto[:]ada'],
    ['x JavaScript:alert(1)', 'x JavaScript[:]alert(1)'],
    ['10.1.2.3', '10[.]1[.]2[.]3'],
    ['http:\\\\evil', 'http[:][\\\\]evil'],
    ['\\\\\\.', '[\\\\\\].'],
    ['\\\\server\\share', '[\\\\]server\\share'],
    ['User is not authorized: iam.amazonaws.com', 'User is not authorized: iam[.]amazonaws[.]com'],
  ])('%j becomes %j', (text, expected) => {
    expect(unlinked(text)).toBe(expected);
  });

  it.each([
    'arn:aws:sts::111111111111:assumed-role/collector/session is not authorized to perform: iam:GetCredentialReport',
    'access key 1 is 91.5 days old. It was never used.',
    'CIS v3.0, v4.0.1 and v5.0.0',
    '2026-11-22T08:00:00.000Z',
    'e.g. i.e. a.b',
    '@ada, ada @ home: 3 @ 4',
    'metadata: mail to: news: data',
    '/division/team/',
    'C:\\Users\\ada',
    '...and so on...',
    'evil[.]com, ada[@]example[.]com, https[:]//, [\\\\]server',
    '',
  ])('%j stays as it is', (text) => {
    expect(unlinked(text)).toBe(text);
  });

  const pieces = fc.constantFrom(
    ...['.', '..', '@', ':', '//', '\\', '/', '-', '_', ' ', '\n', '[', ']', '<', '>', '(', ')', ',', '|'],
    ...['https', 'mailto', 'tel', 'www', 'evil', 'com', 'co.uk', 'xn--p1ai', 'рф', 'é', '。', '．', '\u200b'],
    ...['1', '10', '255', 'a', 'Z', '❤', '\u202e', '#', '%2e', '＠', 'ada.lovelace', 'ada@example.com'],
  );
  const texts = fc.oneof(
    fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join('')),
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.webUrl(),
    fc.emailAddress(),
    fc.domain(),
    fc.ipV4(),
    fc.tuple(fc.string(), fc.domain(), fc.string()).map((parts) => parts.join('')),
  );

  it('never has anything that becomes a link', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(linksIn(unlinked(text))).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('only gets brackets, and only once', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const result = unlinked(text);
        expect(unlinked(result)).toBe(result);
        expect(result.replace(/[[\]]/g, '')).toBe(text.replace(/[[\]]/g, ''));
      }),
      { numRuns: 2_000 },
    );
  });

  it('stays as it is if it has nothing of an address', () => {
    const words = fc.stringMatching(/^[\p{L}\p{N} _+=,:;!?()-]{0,40}$/u);
    fc.assert(
      fc.property(
        words.filter((text) => linksIn(text).length === 0),
        expectUnchanged,
      ),
    );
    const numbers = fc.array(
      fc.double({ noNaN: true, min: -1e6, max: 1e6 }).map((number) => number.toFixed(3)),
    );
    fc.assert(
      fc.property(
        numbers.map((all) => all.join(' ')),
        expectUnchanged,
      ),
    );
  });

  it('takes time in proportion to its length', () => {
    // A mistake here would take hours.
    for (const part of ['.', 'a', 'a.', '@', '1.', ':', '\\', 'www', '\u200b', 'mailto'])
      expect(unlinked(part.repeat(50_000)).length).toBeGreaterThan(0);
  });
});

function expectUnchanged(text: string): void {
  expect(unlinked(text)).toBe(text);
}
