/** Rules about single writes, each broken on purpose. */
import { overwriteRules, writerRules } from '../../../tools/faults/write-rules';
import { StoredBucket } from '../../../tools/faults/stored-bucket';
import { COLLECTING_ACCOUNT } from '../../../tools/support/embedded-execution';
import type { FunctionName } from '../../../local/engine/invocation-faults';

const [one, same, other] = ['one', 'one', 'other'].map((text) => Buffer.from(text));
const RUN = '2026-11-22/outcomes';

describe('a function writes only below its own prefixes', () => {
  it.each<[FunctionName, string]>([
    ['list-accounts', `ledgers/${RUN}/ledger.json`],
    ['collect-reports', '2026-11-22/credentialReport_111111111111.csv'],
    ['collect-reports', `outcomes/${RUN}/00001.json`],
    ['collect-reports', `reviews/${RUN}/00001-00000.jsonl`],
    ['summarize-run', `runs/${RUN}/0123456789abcdef/findings.csv`],
    ['summarize-run', 'manifests/test/00000001.json'],
    ['summarize-run', 'organization/2026-11-22/index.html'],
    ['summarize-run', 'tables/findings/2026-11-22/symlink.txt'],
  ])('%s may write %s, and nobody else', (name, key) => {
    expect(writerRules(key, name)).toEqual([]);
    for (const writer of ['list-accounts', 'collect-reports', 'summarize-run', undefined] as const)
      if (writer !== name) expect(writerRules(key, writer)).toHaveLength(1);
  });

  it.each(['manifests/other/00000001.json', 'somewhere/else'])('nobody may write %s', (key) => {
    expect(writerRules(key, 'summarize-run')).toHaveLength(1);
  });
});

describe('what is written once', () => {
  it.each([
    `ledgers/${RUN}/ledger.json`,
    `ledgers/${RUN}/batches/00001.json`,
    'manifests/test/00000001.json',
    'manifests/test/00000001.key.sig',
    'signing-keys/key.pem',
    `runs/${RUN}/view.json`,
    `runs/${RUN}/view.key.sig`,
  ])('is never replaced, not even by the same bytes: %s', (key) => {
    expect(overwriteRules(key, undefined, one)).toEqual([]);
    expect(overwriteRules(key, one, same).map(({ rule }) => rule)).toEqual([
      'ledgers, batches, manifests, views and signatures are written once',
    ]);
  });

  it('may be the same bytes again if it is a page of a run', () => {
    const key = `runs/${RUN}/0123456789abcdef/index.html`;
    expect(overwriteRules(key, one, same)).toEqual([]);
    expect(overwriteRules(key, one, other)).toHaveLength(1);
  });

  it('is never deleted', () => {
    expect(overwriteRules('organization/2026-11-22/index.html', one, undefined)).toHaveLength(1);
    expect(overwriteRules('organization/2026-11-22/index.html', one, other)).toEqual([]);
  });
});

describe('the bucket of a case', () => {
  const put = (headers: Record<string, string>) => () =>
    new StoredBucket(true).service({
      method: 'PUT',
      url: new URL('http://localhost/reports/a'),
      headers,
      body: Buffer.from('a'),
      accessKeyId: '',
      region: 'us-east-1',
    });

  it('refuses a request that does not say whose bucket it means', () => {
    expect(put({ 'x-amz-expected-bucket-owner': COLLECTING_ACCOUNT })).not.toThrow();
    expect(put({})).toThrow('the request expects no bucket owner');
    expect(put({ 'x-amz-expected-bucket-owner': '999999999999' })).toThrow('Access Denied');
  });
});
