import { lifecycleRules } from '../../../constructs/storage/lifecycle-rules';
import { keys, runOf } from '../../../handlers/shared/bucket-layout';
import { SynthesizedStack } from '../../../tools/support/synthesized-stack';

interface Rule {
  id: string;
  filter: [{ prefix: string }];
  expiration?: [{ days?: number; expired_object_delete_marker?: boolean }];
  noncurrent_version_expiration?: [{ noncurrent_days: number }];
  abort_incomplete_multipart_upload?: object;
}

const rulesOf = (environment: object) =>
  new SynthesizedStack(environment).resource('storage/report-bucket/retention/lifecycle').rule as Rule[];

const RUN = runOf('2026-11-22', 'daily');
const evidence = {
  report: keys.report('2026-11-22', '123456789012'),
  ledger: keys.ledger(RUN),
  batch: keys.batch(RUN, 1),
  outcomes: keys.outcomes(RUN, 1),
  snapshot: keys.runFile(RUN, '0123456789abcdef', 'snapshot.jsonl'),
  view: keys.view(RUN),
  manifest: keys.manifest('test', 1),
};
const copies = {
  page: keys.day('2026-11-22', 'index.html'),
  partition: keys.partition('findings', '2026-11-22'),
};
const reviews = keys.reviews(RUN, 1, 0);
const publicKey = keys.publicKey('1234-ab');

/** Days after which an object expires, and days for which a version that is not current any more is kept. */
function kept(environment: object, key: string): [current: number | undefined, earlier: number | undefined] {
  const rules = rulesOf(environment).filter(({ filter }) => key.startsWith(filter[0].prefix));
  const least = (days: (number | undefined)[]) => {
    const set = days.filter((one) => one !== undefined);
    return set.length > 0 ? Math.min(...set) : undefined;
  };
  // Of several rules for an object, Amazon S3 applies the one with the fewest days.
  return [
    least(rules.map(({ expiration }) => expiration?.[0].days)),
    least(rules.map(({ noncurrent_version_expiration: rule }) => rule?.[0].noncurrent_days)),
  ];
}

describe('the lifecycle of the new bucket', () => {
  it.each(Object.entries(evidence))('keeps every version of a %s forever', (_, key) => {
    expect(kept({}, key)).toEqual([undefined, undefined]);
  });

  it.each(Object.entries(evidence))(
    'keeps a %s for retentionDays, and a version that another one replaced for as long',
    (_, key) => {
      expect(kept({ retentionDays: 400 }, key)).toEqual([400, 400]);
      expect(kept({ retentionDays: 10 }, key)).toEqual([10, 10]);
    },
  );

  it.each(Object.entries(copies))('keeps earlier versions of a %s for 30 days', (_, key) => {
    expect(kept({}, key)).toEqual([undefined, 30]);
    expect(kept({ retentionDays: 400 }, key)).toEqual([400, 30]);
  });

  it('keeps reviews for 15 days, or for retentionDays if these are fewer', () => {
    expect(kept({}, reviews)).toEqual([15, 1]);
    expect(kept({ retentionDays: 400 }, reviews)).toEqual([15, 1]);
    expect(kept({ retentionDays: 3 }, reviews)).toEqual([3, 1]);
  });

  it('keeps public keys forever, because manifests of former keys need them', () => {
    expect(kept({ retentionDays: 400 }, publicKey)).toEqual([undefined, undefined]);
  });

  it('removes parts of uploads that were not completed, and delete markers without versions', () => {
    expect(rulesOf({})[0]).toEqual({
      id: 'leftovers',
      status: 'Enabled',
      filter: [{ prefix: '' }],
      abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
      expiration: [{ expired_object_delete_marker: true }],
    });
  });

  it('leaves objects outside the prefix of the environment alone', () => {
    const prefixes = lifecycleRules('production/', 400)
      .filter(({ id }) => id !== 'leftovers')
      .map(({ filter }) => (filter as [{ prefix: string }])[0].prefix);
    expect(prefixes).toHaveLength(new Set(prefixes).size);
    for (const prefix of prefixes) expect(prefix).toMatch(/^production\//);
    const bucket = { kind: 'new', prefix: 'production/' };
    expect(kept({ bucket, retentionDays: 400 }, `production/${evidence.report}`)).toEqual([400, 400]);
    expect(kept({ bucket, retentionDays: 400 }, evidence.report)).toEqual([undefined, undefined]);
  });

  it('has a name for each rule', () => {
    const ids = lifecycleRules('', 400).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
