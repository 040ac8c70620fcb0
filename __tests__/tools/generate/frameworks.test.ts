import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { frameworks } from '../../../handlers/frameworks';
import { frameworksModule, mistakesIn, readFrameworks } from '../../../tools/generate/frameworks';
import { projectRoot } from '../../../tools/support/project-root';

const valid = {
  id: 'made-up',
  name: 'A made-up standard',
  version: 'v1',
  label: 'Made-up v1',
  source: ['https://example.com/made-up'],
  controls: [
    { id: '1.2', checks: ['console-mfa'] },
    { id: '1.10', checks: ['console-mfa', 'root-mfa'], partial: true },
  ],
};
const mistakes = (changes: object) =>
  mistakesIn('data/made-up.json', JSON.stringify({ ...valid, ...changes })).map((line) =>
    line.replace('data/made-up.json: ', ''),
  );

describe('a file of a framework', () => {
  test('is accepted when it has all fields, its controls in order, and checks that exist', () => {
    expect(mistakes({})).toEqual([]);
  });

  test.each<[string, object, string | RegExp]>([
    ['another ID than its file', { id: 'other' }, 'id: got other; use made-up, the name of the file'],
    ['capital letters in the ID', { id: 'Made-Up' }, 'id: use lower-case letters, digits, - and .'],
    ['no source', { source: [] }, /^source: /],
    ['a source that is not a web address', { source: ['the internet'] }, 'source.0: is not an https address'],
    ['no controls', { controls: [] }, /^controls: /],
    ['an unknown field', { color: 'red' }, /color/],
    [
      'a check that does not exist',
      { controls: [{ id: '1', checks: ['root-mfa-2'] }] },
      '1: no check has the ID root-mfa-2; use one of handlers/checks/index.ts',
    ],
    [
      'a control twice',
      {
        controls: [
          { id: '1', checks: ['root-mfa'] },
          { id: '1', checks: ['console-mfa'] },
        ],
      },
      'controls: 1 is there twice; name all of its checks in one place',
    ],
    [
      'controls out of order',
      { controls: [...valid.controls].reverse() },
      'controls: 1.2 is not in order of the numbers',
    ],
    [
      'a check twice',
      { controls: [{ id: '1', checks: ['root-mfa', 'root-mfa'] }] },
      '1: root-mfa is there twice',
    ],
    [
      'checks out of order',
      { controls: [{ id: '1', checks: ['root-mfa', 'console-mfa'] }] },
      '1: console-mfa is not in alphabetical order',
    ],
  ])('is refused with %s', (_, changes, expected) => {
    const [first, ...others] = mistakes(changes);
    expect(others).toEqual([]);
    expect(first).toEqual(typeof expected === 'string' ? expected : expect.stringMatching(expected));
  });

  test('is refused with one line when it is not JSON', () => {
    expect(mistakesIn('data/made-up.json', '{')).toEqual([
      expect.stringMatching(/^data\/made-up\.json is not JSON: /),
    ]);
  });
});

describe('the list of frameworks', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'frameworks-'));
    mkdirSync(join(root, 'handlers/frameworks'), { recursive: true });
    cpSync(join(projectRoot, 'handlers/frameworks/data'), join(root, 'handlers/frameworks/data'), {
      recursive: true,
    });
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });
  const plant = (name: string, content: unknown) => {
    writeFileSync(join(root, 'handlers/frameworks/data', name), JSON.stringify(content));
  };

  test('has every file, in the order of the IDs', () => {
    expect(frameworks).toEqual(readFrameworks(projectRoot));
    expect(frameworks.map(({ id }) => id)).toEqual(frameworks.map(({ id }) => id).sort());
  });

  test('a new framework is one data file: the module imports it, and nothing else changes', () => {
    const before = readFileSync(join(projectRoot, 'handlers/frameworks/index.ts'), 'utf8').replaceAll(
      '\r\n',
      '\n',
    );
    plant('made-up.json', valid);
    const added = frameworksModule(readFrameworks(root))
      .split('\n')
      .filter((line) => !before.split('\n').includes(line));
    expect(added).toEqual(["import made_up from './data/made-up.json';", '  made_up,']);
  });

  test('is not written when files have mistakes: all of them are told', () => {
    plant('one.json', { ...valid, id: 'two' });
    plant('made-up.json', { ...valid, controls: [{ id: '1', checks: ['nothing'] }] });
    expect(() => readFrameworks(root)).toThrow(
      [
        'handlers/frameworks/data/made-up.json: 1: no check has the ID nothing; use one of handlers/checks/index.ts',
        'handlers/frameworks/data/one.json: id: got two; use one, the name of the file',
      ].join('\n'),
    );
  });
});
