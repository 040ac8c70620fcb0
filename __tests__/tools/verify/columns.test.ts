/**
 * What tampering with the evidence of real runs comes to: in a plain bucket, with signatures, and with versions that
 * cannot be deleted. SECURITY.md has the same table in words.
 */
import { createPublicKey } from 'node:crypto';
import { KMSClient } from '@aws-sdk/client-kms';
import { keys } from '../../../handlers/shared/bucket-layout';
import { sha256Of } from '../../../handlers/shared/hash';
import { kmsSigner } from '../../../handlers/summarize-run/publish/kms-signer';
import { kmsService, makeSigningKey } from '../../../local/fake-aws/kms/kms-service';
import { COLLECTING_ACCOUNT } from '../../../tools/support/embedded-execution';
import { TextPrinter } from '../../../tools/verify/print-text';
import { S3Store } from '../../../tools/verify/s3-store';
import { Summary } from '../../../tools/verify/summary';
import { type VerifyProps, verify } from '../../../tools/verify/verify';
import { inProcess } from '../../support/in-process-handler';
import { reportStore } from '../../support/report-store';
import { consoleUser } from '../../support/rows';
import { accountId, accountWith } from '../../support/stored-run';
import { type SummarizedRun, SummarizedRuns } from '../../support/summarized';

const id = accountId(1);
const accountOf = (...users: string[]) => accountWith(id, consoleUser, ...users);
const report = keys.report('2026-11-21', id);
const key = makeSigningKey(COLLECTING_ACCOUNT);
const otherKey = makeSigningKey(COLLECTING_ACCOUNT);
const signerWith = (signingKey: typeof key) =>
  kmsSigner(
    new KMSClient({
      region: 'us-east-1',
      credentials: { accessKeyId: 'AKIALOCALCOLLECTOR00', secretAccessKey: 'local' },
      requestHandler: inProcess('kms', kmsService({ keys: [signingKey] })),
    }),
    signingKey.arn,
  );

const columns = {
  /** Whoever tampers can write and delete every object. */
  plain: { versions: false },
  /** The same, but cannot sign. */
  signed: { versions: false, signer: signerWith(key) },
  /** Nobody can delete or replace a version; new versions and delete markers can be added. */
  locked: { versions: true },
};
type Column = keyof typeof columns;

interface Evidence {
  runs: SummarizedRuns;
  days: SummarizedRun[];
}

/** Three days of one account. */
async function evidence(column: Column): Promise<Evidence> {
  const { versions, ...rest } = { signer: undefined, ...columns[column] };
  const store = reportStore({ versions, requireOwner: false });
  const runs = new SummarizedRuns({ store, environment: 'production', ...(rest.signer && rest) });
  const days: SummarizedRun[] = [];
  for (const date of ['2026-11-20', '2026-11-21', '2026-11-22'])
    days.push(await runs.run([accountOf('ada')], { date, execution: `run-${date}` }));
  return { runs, days };
}

/** The findings that verification prints, without hashes, and its exit code. */
async function verified({ runs }: Evidence, props: Partial<VerifyProps> = {}): Promise<string[]> {
  const lines: string[] = [];
  const printer = new TextPrinter((line) => lines.push(line));
  const summary = new Summary();
  const store = new S3Store(runs.s3.client, { bucket: runs.s3.name, prefix: '' });
  for await (const event of verify(store, { now: new Date('2026-11-23'), ...props })) {
    summary.add(event);
    printer.event(event);
  }
  const findings = lines.filter((line) => line.startsWith('  ') && !/^ {2}(newest|expected): /.test(line));
  return [...findings.map(withoutIds), `exit ${summary.exitCode}`];
}

/** Hashes, keys and versions are other ones at every run. */
const withoutIds = (line: string) =>
  line
    .trim()
    .replaceAll(/[0-9a-f]{64}/g, 'HASH')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'KEY')
    .replaceAll(/\/[0-9a-f]{16}\//g, '/MADE/')
    .replaceAll(/version \S+/g, 'version VERSION')
    .replaceAll(/versions: .*/g, 'versions: VERSIONS');

const edit = ({ runs }: Evidence, file: string, change: (text: string) => string) => {
  runs.s3.put(file, change(runs.s3.text(file)));
};
const manifestKey = (number: number) => keys.manifest('production', number);

/** Makes every manifest from a number on name the hash of the one before again, as somebody would who can write everything. */
function chainAnew(evidence: Evidence, from: number): void {
  for (let number = from; number <= 3; number++) {
    const before = sha256Of(evidence.runs.s3.text(manifestKey(number - 1)));
    edit(evidence, manifestKey(number), (text) =>
      text.replace(/("previous":\{"key":"[^"]+","sha256":")[0-9a-f]{64}/, `$1${before}`),
    );
  }
}

/** Makes every view name the manifest of its run again. */
function viewsAnew({ runs, days }: Evidence): void {
  for (const { event, manifest } of days) {
    const view = JSON.parse(runs.s3.text(keys.view(event.run))) as { manifest: { sha256: string } };
    view.manifest.sha256 = sha256Of(runs.s3.text(manifestKey(manifest.number)));
    runs.s3.put(keys.view(event.run), JSON.stringify(view));
  }
}

const tampering: Record<string, (evidence: Evidence) => void | Promise<void>> = {
  'report cut': (evidence) => {
    edit(evidence, report, (text) => text.slice(0, -20));
  },
  'report replaced': (evidence) => {
    edit(evidence, report, (text) => text.replace('ada', 'eve'));
  },
  'report deleted': ({ runs }) => {
    runs.s3.delete(report);
  },
  'report added': ({ runs }) => {
    runs.s3.put(keys.report('2026-11-21', accountId(9)), runs.s3.text(report));
  },
  'review of a report edited': ({ runs }) => {
    runs.s3.put(keys.reviews('2026-11-21/run-2026-11-21', 1, 0), `{"${id}":"x"}`);
  },
  'manifest edited': (evidence) => {
    edit(evidence, manifestKey(2), (text) => text.replace('"findings":0', '"findings":1'));
  },
  'manifest edited, and the chain made anew': (evidence) => {
    edit(evidence, manifestKey(2), (text) => text.replace('"findings":0', '"findings":1'));
    chainAnew(evidence, 3);
  },
  'manifest edited, and everything after it made anew': (evidence) => {
    edit(evidence, manifestKey(2), (text) => text.replace('"findings":0', '"findings":1'));
    chainAnew(evidence, 3);
    viewsAnew(evidence);
  },
  'manifest deleted': ({ runs }) => {
    runs.s3.delete(manifestKey(2));
  },
  'manifest replaced by an older one': (evidence) => {
    edit(evidence, manifestKey(2), () => evidence.runs.s3.text(manifestKey(1)));
  },
  'day removed from the end': ({ runs }) => {
    for (const file of [...runs.s3.objects.keys()])
      if (file.includes('2026-11-22') || file.startsWith(manifestKey(3).replace('.json', '')))
        runs.s3.delete(file);
  },
  'snapshot edited': (evidence) => {
    const file = evidence.runs.fileOf(evidence.days[1]!, 'snapshot.jsonl');
    edit(evidence, file, (text) => text.replace('ada', 'eve'));
  },
  'page edited': (evidence) => {
    edit(evidence, keys.day('2026-11-21', 'index.html'), (text) => text.replace('ada', 'eve'));
  },
  'signature of another key': async (evidence) => {
    const file = manifestKey(2);
    edit(evidence, file, (text) => text.replace('"findings":0', '"findings":1'));
    chainAnew(evidence, 3);
    for (const [path] of evidence.runs.s3.objects) if (path.includes(key.id)) evidence.runs.s3.delete(path);
    const forger = signerWith(otherKey);
    for (const number of [1, 2, 3]) {
      const content = evidence.runs.s3.text(manifestKey(number));
      evidence.runs.s3.put(
        keys.signature(manifestKey(number), otherKey.id),
        await forger.sign(sha256Of(content)),
      );
    }
    evidence.runs.s3.put(keys.publicKey(otherKey.id), await forger.publicKey());
  },
};

const inAll = (...lines: string[]): Record<Column, string[]> => ({
  plain: lines,
  signed: lines,
  locked: lines,
});

/** The first line that verification prints, and its exit code. */
const expected: Record<string, Record<Column, string[]>> = {
  'report cut': {
    ...inAll(
      'altered     2026-11-21/credentialReport_100000000001.csv: it has 782 bytes, not 802: the current object is not evidence of any run',
      'exit 1',
    ),
    locked: [
      'altered     2026-11-21/credentialReport_100000000001.csv: replaced: the current object is not evidence of any run; version VERSION is right',
      'exit 1',
    ],
  },
  'report replaced': {
    ...inAll(
      'altered     2026-11-21/credentialReport_100000000001.csv: its SHA-256 is HASH, not HASH: the current object is not evidence of any run',
      'exit 1',
    ),
    locked: [
      'altered     2026-11-21/credentialReport_100000000001.csv: replaced: the current object is not evidence of any run; version VERSION is right',
      'exit 1',
    ],
  },
  'report deleted': {
    ...inAll('missing     2026-11-21/credentialReport_100000000001.csv: it does not exist', 'exit 1'),
    locked: [
      'missing     2026-11-21/credentialReport_100000000001.csv: deleted; version VERSION still has it',
      'exit 1',
    ],
  },
  'report added': inAll(
    'additional  2026-11-21/credentialReport_100000000009.csv: no manifest names it',
    'exit 0',
  ),
  'review of a report edited': inAll('exit 0'),
  'manifest edited': inAll(
    'altered     manifests/production/00000002.json: its SHA-256 is HASH, but manifest 3 names HASH',
    'exit 1',
  ),
  'manifest edited, and the chain made anew': {
    plain: [
      'altered     manifests/production/00000002.json: its SHA-256 is HASH, but runs/2026-11-21/run-2026-11-21/view.json names manifests/production/00000002.json with HASH',
      'exit 1',
    ],
    signed: [
      'altered     manifests/production/00000002.KEY.sig: it does not match manifests/production/00000002.json with any key of --public-key',
      'exit 1',
    ],
    locked: [
      'altered     manifests/production/00000002.json: it was written once, but has 2 versions: VERSIONS',
      'exit 1',
    ],
  },
  'manifest edited, and everything after it made anew': {
    plain: ['exit 0'],
    signed: [
      'altered     manifests/production/00000002.KEY.sig: it does not match manifests/production/00000002.json with any key of --public-key',
      'exit 1',
    ],
    locked: [
      'altered     manifests/production/00000002.json: it was written once, but has 2 versions: VERSIONS',
      'exit 1',
    ],
  },
  'manifest deleted': inAll(
    'missing     manifests/production/00000002.json: gap in the chain: manifest 2 of 2026-11-21/run-2026-11-21',
    'exit 1',
  ),
  'manifest replaced by an older one': inAll(
    'altered     manifests/production/00000002.json: it is manifest 1, not 2',
    'exit 1',
  ),
  'day removed from the end': {
    ...inAll('exit 0'),
    locked: [
      'missing     manifests/production/00000003.json: deleted; version VERSION still has it',
      'exit 1',
    ],
  },
  'snapshot edited': inAll(
    'altered     runs/2026-11-21/run-2026-11-21/MADE/snapshot.jsonl: its SHA-256 is HASH, not HASH',
    'exit 1',
  ),
  'page edited': inAll(
    'altered     organization/2026-11-21/index.html: its SHA-256 is HASH, not HASH',
    'exit 1',
  ),
  'signature of another key': {
    plain: ['unsigned    runs/2026-11-20/run-2026-11-20/view.json: it is not signed', 'exit 1'],
    signed: [
      'altered     manifests/production/00000001.KEY.sig: signed with a key that is not one of --public-key',
      'exit 1',
    ],
    locked: [
      'altered     manifests/production/00000002.json: it was written once, but has 2 versions: VERSIONS',
      'exit 1',
    ],
  },
};

const publicKeys = [createPublicKey(key.publicKey.export({ format: 'pem', type: 'spki' }))];

describe('verification of evidence', () => {
  beforeEach(() => jest.spyOn(console, 'log').mockReturnValue(undefined));
  afterEach(() => jest.restoreAllMocks());

  it.each(Object.keys(columns))('finds nothing in intact evidence (%s)', async (column) => {
    const intact = await evidence(column as Column);
    const props = column === 'signed' ? { publicKeys } : {};
    await expect(verified(intact, props)).resolves.toEqual(['exit 0']);
  });

  it.each(Object.entries(tampering))('says of a %s', async (what, tamper) => {
    const found: Partial<Record<Column, string[]>> = {};
    for (const column of Object.keys(columns) as Column[]) {
      const tampered = await evidence(column);
      await tamper(tampered);
      const lines = await verified(tampered, column === 'signed' ? { publicKeys } : {});
      found[column] = lines.length > 1 ? [lines[0] ?? '', lines.at(-1) ?? ''] : lines;
    }
    expect(found).toEqual(expected[what]);
  });

  it.each(['manifest edited, and everything after it made anew', 'day removed from the end'])(
    'finds a %s by the hash in a digest, in a plain bucket too',
    async (what) => {
      const tampered = await evidence('plain');
      await tampering[what]?.(tampered);
      const expectHead = tampered.days[2]?.summary.manifest.sha256;
      await expect(verified(tampered, { expectHead })).resolves.toEqual([
        expect.stringContaining('the end of the chain was removed or rewritten'),
        'exit 1',
      ]);
    },
  );
});
