import fc from 'fast-check';
import { readSnapshotHeader, readSnapshotLine, snapshotHeader } from '../../../handlers/core/snapshot-header';
import { snapshotLine } from '../../../handlers/core/snapshot';

const RULES = { 'root-mfa': {}, 'unused-45-days': { unusedDays: 45 } };
const read = (line: string | undefined) => readSnapshotHeader(line, 'production');

describe('the header of a snapshot', () => {
  it('is one line of JSON with version, environment and rules', () => {
    expect(snapshotHeader('production', RULES)).toBe(
      '{"snapshot":3,"environment":"production","rules":{"root-mfa":{},"unused-45-days":{"unusedDays":45}}}\n',
    );
  });

  it('is read as it was written', () => {
    expect(read(snapshotHeader('production', RULES).trimEnd())).toEqual({ rules: RULES });
  });

  it.each([
    [undefined, 'empty'],
    ['', 'empty'],
    [' ', 'empty'],
    ['garbage', 'not-a-snapshot'],
    ['null', 'not-a-snapshot'],
    ['[]', 'not-a-snapshot'],
    ['{"account":"123456789012","users":[]}', 'not-a-snapshot'],
    ['{"snapshot":"3"}', 'not-a-snapshot'],
    ['{"snapshot":3}', 'not-a-snapshot'],
    ['{"snapshot":3,"environment":"production"}', 'not-a-snapshot'],
    ['{"snapshot":3,"environment":"production","rules":{"root-mfa":"90"}}', 'not-a-snapshot'],
    ['{"snapshot":3,"environment":"production","rul', 'not-a-snapshot'],
    ['{"snapshot":2}', 'older-version'],
    ['{"snapshot":4,"something":"else"}', 'newer-version'],
    ['{"snapshot":3,"environment":"test","rules":{}}', 'other-environment'],
  ])('says why it cannot be used: %j', (line, problem) => {
    expect(read(line)).toEqual({ problem });
  });

  it('never throws, whatever the line contains', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (line) => {
        expect(read(line)).toHaveProperty('problem');
      }),
      { seed: 14 },
    );
  });
});

describe('a line of a snapshot', () => {
  it.each([
    { account: '123456789012', users: [] },
    { account: '123456789012', users: [['ada'], ['ken', 'root-mfa', '!unused-45-days password']] },
    { account: '123456789012', users: [['ada']], rules: RULES },
    { account: 'o-abcdefghij', users: [['<organization>', 'central-root-access']] },
  ] as const)('is read as it was written: %j', (line) => {
    expect(readSnapshotLine(snapshotLine(line as never))).toEqual(line);
  });

  it.each([
    '',
    'garbage',
    'null',
    '1',
    '[]',
    '{"users":[]}',
    '{"account":123456789012,"users":[]}',
    '{"account":"12345678901","users":[]}',
    '{"account":"x123456789012","users":[]}',
    '{"account":"1234567890123","users":[]}',
    '{"account":"o-short","users":[]}',
    '{"account":"123456789012"}',
    '{"account":"123456789012","users":{}}',
    '{"account":"123456789012","users":["ada"]}',
    '{"account":"123456789012","users":[[]]}',
    '{"account":"123456789012","users":[["ada",1]]}',
    '{"account":"123456789012","users":[["ada"],[1]]}',
    '{"account":"123456789012","users":[],"rules":null}',
    '{"account":"123456789012","users":[],"rules":{"root-mfa":"x"}}',
    '{"account":"123456789012","users":[["ada"',
  ])('is not read if it is damaged: %j', (line) => {
    expect(readSnapshotLine(line)).toBeUndefined();
  });
});
