import fc from 'fast-check';
import type { RunSettings } from '../../../handlers/shared/events';
import { sha256Of } from '../../../handlers/shared/hash';
import { settingsHash } from '../../../handlers/shared/settings-hash';
import { defaultSettings } from '../../../tools/support/embedded-execution';
import { pathsIn, partAt, replaced } from '../../support/edited';

const exemption = {
  account: '*',
  user: 'ci-*',
  check: 'console-mfa',
  reason: 'known',
  expires: '2027-01-01',
};
const settings: RunSettings = {
  selection: { includeOus: ['ou-a', 'ou-b'], excludeOus: ['ou-c'], exclude: ['111111111111'] },
  waiting: { seconds: 60, cycles: 45 },
  checks: {
    ...defaultSettings.checks,
    exemptions: [exemption, { ...exemption, user: 'x' }],
  },
  digest: 'failures',
  serviceCredentials: false,
};

/** The same value with the fields of every object in another order. */
function reordered(value: unknown, order: (names: string[]) => string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => reordered(item, order));
  if (typeof value !== 'object' || value === null) return value;
  const fields = value as Record<string, unknown>;
  return Object.fromEntries(order(Object.keys(fields)).map((name) => [name, reordered(fields[name], order)]));
}

const hash = (value: unknown) => settingsHash(value as RunSettings);

describe('the hash of settings', () => {
  it('is a SHA-256, as the variable of list-accounts has it', () => {
    expect(settingsHash(defaultSettings)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is that of the settings as `jq -cjS` prints them, so that anybody can compute it', () => {
    expect(hash({ b: [{ d: 1, c: 'x' }, []], a: {} })).toBe(sha256Of('{"a":{},"b":[{"c":"x","d":1},[]]}'));
  });

  it('is the same in any order of fields, at any depth', () => {
    expect(hash(reordered(settings, (names) => names.reverse()))).toBe(hash(settings));
    fc.assert(
      fc.property(fc.infiniteStream(fc.integer()), (random) => {
        const shuffled = (names: string[]) =>
          names
            .map((name) => [random.next().value ?? 0, name] as const)
            .sort(([a], [b]) => a - b)
            .map(([, name]) => name);
        expect(hash(reordered(settings, shuffled))).toBe(hash(settings));
      }),
    );
  });

  it('changes with every value, however deep', () => {
    const leaves = pathsIn(settings).filter((path) => typeof partAt(settings, path) !== 'object');
    expect(leaves.length).toBeGreaterThan(15);
    for (const path of leaves) {
      const value = partAt(settings, path);
      const other = typeof value === 'number' ? value + 1 : `${String(value)}x`;
      expect([path, hash(replaced(settings, path, other))]).not.toEqual([path, hash(settings)]);
    }
  });

  it('changes with the order of a list', () => {
    const exemptions = [...settings.checks.exemptions].reverse();
    expect(hash({ ...settings, checks: { ...settings.checks, exemptions } })).not.toBe(hash(settings));
  });

  it('tells a number from its text, and a list from one without its last item', () => {
    expect(hash({ ...settings, waiting: { seconds: '60', cycles: 45 } })).not.toBe(hash(settings));
    const exclude = { ...settings.selection, exclude: [] };
    expect(hash({ ...settings, selection: exclude })).not.toBe(hash(settings));
    expect(hash({ ...settings, digest: null })).not.toBe(hash({ ...settings, digest: {} }));
  });
});
