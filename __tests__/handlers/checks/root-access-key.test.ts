import { rootAccessKey } from '../../../handlers/checks/root-access-key';
import { CONTEXT, type Case, inactiveKey, judge, key, root } from '../../support/rows';

describe('the check root-access-key', () => {
  it.each<Case>([
    ['passes a root user without keys', root, 'pass'],
    [
      'passes a root user whose key is inactive, even though it keeps its dates',
      { ...root, ...inactiveKey(1) },
      'pass',
    ],
    ['fails an active key in slot 1', { ...root, ...key(1, 1, 1) }, 'fail'],
    ['fails an active key in slot 2', { ...root, ...key(2, 1, 'never') }, 'fail'],
    ['fails when access_key_2_active cannot be read', { ...root, access_key_2_active: 'maybe' }, 'fail'],
    ['fails when access_key_1_active is empty', { ...root, access_key_1_active: '' }, 'fail'],
  ])('%s', (_about, cells, result) => {
    expect(judge(rootAccessKey, cells).result).toBe(result);
  });

  it('states its recommendation numbers in the CIS benchmark', () => {
    expect(rootAccessKey.cis).toEqual({ 'v3.0': '1.4', 'v5.0': '1.3' });
  });

  it('has a title', () => {
    expect(rootAccessKey.title(CONTEXT.thresholds)).toMatch(/^[A-Z]/);
  });
});
