/** Rules that need manifests which the tests of tampering do not have. */
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '../../../handlers/core/manifest';
import { temporaryFolder } from '../../../tools/support/embedded';
import type { Digest } from '../../../tools/verify/evidence-store';
import { FolderStore } from '../../../tools/verify/folder-store';
import { type ReportFacts, reportStatus } from '../../../tools/verify/report-status';
import { parsePublicKey } from '../../../tools/verify/signatures';
import { Evidence } from '../../support/evidence';
import { verified } from '../../support/verified';

const { folder, remove } = temporaryFolder();
afterAll(remove);

let stores = 0;
/** Evidence of two days, in which one manifest is changed before anything is recorded about it. */
function withManifest(number: 1 | 2, change: (manifest: Manifest) => unknown): string {
  const evidence = new Evidence(join(folder, `store-${stores++}`));
  evidence.run({ date: '2026-11-01' });
  evidence.run({ date: '2026-11-02' });
  const file = join(evidence.folder, `manifests/production/0000000${number}.json`);
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  writeFileSync(file, JSON.stringify(change(manifest) ?? manifest));
  return evidence.folder;
}

const FIRST = 'manifests/production/00000001.json';
const SECOND = 'manifests/production/00000002.json';

describe('a manifest', () => {
  const wrong: [rule: string, number: 1 | 2, change: (manifest: Manifest) => unknown, line: string][] = [
    [
      'belongs to the environment in its key',
      2,
      (manifest) => void (manifest.environment = 'staging'),
      `  altered     ${SECOND}: it belongs to the environment staging`,
    ],
    [
      'names nothing before it if it is the first',
      1,
      (manifest) => void (manifest.previous = { key: SECOND, sha256: null }),
      `  altered     ${FIRST}: it is the first, but names ${SECOND} before it`,
    ],
    [
      'names the manifest before it, and no earlier one',
      2,
      (manifest) => void (manifest.previous = null),
      `  altered     ${SECOND}: fork: it names nothing before it, not ${FIRST}`,
    ],
    [
      'has the form of its version',
      2,
      (manifest) => ({ ...manifest, number: 'two' }),
      `  altered     ${SECOND}: it is not a manifest of version 3`,
    ],
    [
      'is of a run whose name is one folder',
      2,
      (manifest) => void (manifest.execution = '..'),
      `  altered     ${SECOND}: it is not a manifest of version 3`,
    ],
    [
      'has accounts in the form of its version',
      2,
      (manifest) => ({ ...manifest, accounts: [{ id: 'x' }] }),
      `  altered     ${SECOND}: it is not a manifest of version 3`,
    ],
    [
      'names the report of an account at the key of that account',
      2,
      ({ accounts: [first, other] }) => {
        if (first?.outcome === 'collected' && other?.outcome === 'collected')
          Object.assign(other, { key: first.key });
      },
      '  altered     2026-11-02/credentialReport_100000000001.csv: it is not where the report of 100000000002 belongs',
    ],
  ];

  it.each(wrong)('%s', async (_, number, change, line) => {
    const { lines, exitCode } = await verified(withManifest(number, change));
    expect(lines).toContain(line);
    expect(exitCode).toBe(1);
  });

  it('of a newer version cannot be checked', async () => {
    const newer = withManifest(2, (manifest) => ({ ...manifest, version: 4 }));
    expect((await verified(newer)).lines).toContain(
      `  unreadable  ${SECOND}: a newer version of this project wrote it, in format 4`,
    );
  });

  it('that could not read the one before is noted: nothing proves that one', async () => {
    const unlinked = withManifest(2, (manifest) => void (manifest.previous!.sha256 = null));
    expect((await verified(unlinked)).lines).toContain(
      `  note        ${FIRST}: it could not be read when manifest 2 was written, which names no hash of it`,
    );
  });

  it('is the same whenever it is read', async () => {
    const changing = withManifest(1, () => undefined);
    class ChangingStore extends FolderStore {
      private reads = 0;
      override async content(key: string) {
        const content = await super.content(key);
        return key === SECOND && ++this.reads > 1 ? Buffer.concat([content!, Buffer.from(' ')]) : content;
      }
    }
    expect((await verified(new ChangingStore(changing))).lines).toContain(
      `  altered     ${SECOND}: it changed during verification`,
    );
  });
});

describe('a manifest that names a shorter retention period', () => {
  it.each([
    [null, 'no'],
    [400, '400'],
  ])('than %s days is told, because older evidence counts as expired with it', async (before, was) => {
    const evidence = new Evidence(join(folder, `store-${stores++}`), { retentionDays: before });
    evidence.run({ date: '2026-11-01' });
    evidence.run({ date: '2026-11-02' });
    const file = join(evidence.folder, SECOND);
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
    writeFileSync(file, JSON.stringify({ ...manifest, retentionDays: 1 }));
    rmSync(join(evidence.folder, '2026-11-01'), { recursive: true });
    const { lines } = await verified(evidence.folder);
    expect(lines).toContain(
      `  note        ${SECOND}: it names 1 days of retention, and manifest 1 ${was}: what is older counts as expired`,
    );
    expect(lines.join()).toContain('expired     2026-11-01/credentialReport_100000000001.csv');
  });
});

describe('a manifest with a great number', () => {
  it.each(['99999999', '999999999999999'])('makes a great gap, which is told as one: %s', async (digits) => {
    const evidence = withManifest(1, () => undefined);
    writeFileSync(join(evidence, `manifests/production/${digits}.json`), 'garbage');
    const { lines, exitCode } = await verified(evidence);
    expect(lines).toContain(
      `  missing     manifests/production/00000003.json: gap in the chain: manifests 3 to ${Number(digits) - 1}`,
    );
    expect(exitCode).toBe(1);
  });
});

describe('a view', () => {
  it.each(['not JSON', '{"version":2}'])('has the form of its version, and is not %s', async (content) => {
    const evidence = new Evidence(join(folder, `store-${stores++}`));
    const { run } = evidence.run({ date: '2026-11-01' });
    evidence.put(`runs/${run}/view.json`, content);
    expect((await verified(evidence.folder)).lines).toContain(
      `  altered     runs/${run}/view.json: it is not a view of version 1`,
    );
  });
});

describe('a report whose version is named', () => {
  const digest = (sha256: string): Digest => ({ bytes: 5, sha256 });
  const facts = (change: Partial<ReportFacts>): ReportFacts => ({
    account: {
      ...digest('right'),
      versionId: 'v1',
      collectedAt: '2026-11-01T08:00:00Z',
    } as ReportFacts['account'],
    current: digest('other'),
    claims: [],
    isExpired: false,
    ...change,
  });
  const claim = {
    ...{ by: 'manifest 2', manifest: 'read' as const },
    ...{ sha256: 'other', collectedAt: '2026-11-01T18:00:00Z' },
  };

  it('is altered if that version differs, whatever the current object is', () => {
    const version = { found: digest('wrong') };
    expect(reportStatus(facts({ current: digest('right'), version }))).toEqual({
      status: 'altered',
      detail: 'version v1: its SHA-256 is wrong, not right',
    });
  });

  it('is expired if that version is gone and older than the retention period', () => {
    const gone = { version: { found: undefined }, claims: [claim] };
    expect(reportStatus(facts({ ...gone, isExpired: true }))).toMatchObject({ status: 'expired' });
    expect(reportStatus(facts(gone))).toMatchObject({ status: 'missing' });
  });

  it('is altered if that version is gone and nobody superseded it', () => {
    expect(reportStatus(facts({ version: { found: undefined } }))).toEqual({
      status: 'altered',
      detail: 'replaced: the current object is not evidence of any run; version v1 does not exist',
    });
  });
});

describe('a public key', () => {
  it.each([
    ['an ECDSA key on another curve', generateKeyPairSync('ec', { namedCurve: 'secp384r1' })],
    ['an RSA key', generateKeyPairSync('rsa', { modulusLength: 2048 })],
  ])('is not %s', (_, { publicKey }) => {
    expect(() => parsePublicKey(publicKey.export({ type: 'spki', format: 'pem' }))).toThrow(
      'not an ECDSA key on the curve P-256',
    );
  });
});
