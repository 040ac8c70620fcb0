/** What a run tells does not depend on who reviewed its reports. */
import fc from 'fast-check';
import { checks } from '../../../handlers/checks';
import { frameworks } from '../../../handlers/frameworks';
import { keys, prefixes } from '../../../handlers/shared/bucket-layout';
import { type Cells, consoleUser, inactiveKey, key, root, user } from '../../support/rows';
import { DATE, type StoredAccount, accountId, as } from '../../support/stored-run';
import { SummarizedRuns } from '../../support/summarized';

const NEXT_DAY = '2026-11-23';

const cells = fc.constantFrom<Cells>(
  user,
  consoleUser,
  { ...consoleUser, mfa_active: 'false' },
  { ...user, ...key(1, 200, 'never') },
  { ...user, ...key(1, 200, 1), ...key(2, 200, 1) },
  { ...user, ...inactiveKey(1), ...key(2, 400, 300) },
  { ...user, access_key_1_active: 'perhaps' },
  { ...consoleUser, password_last_changed: '=1+1, "x"' },
);
const rootCells = fc.constantFrom<Cells | undefined>(
  root,
  { ...root, ...key(1, 10, 1), mfa_active: 'false' },
  undefined,
);
const name = fc.constantFrom('ada', 'eve', 'ken', 'created-later');

const credential = fc.record({
  UserName: name,
  ServiceSpecificCredentialId: fc.constantFrom('ACCAEXAMPLE123EXAMPLE', 'ACCAEXAMPLE456EXAMPLE'),
  ServiceName: fc.constantFrom('bedrock.amazonaws.com', 'codecommit.amazonaws.com'),
  Status: fc.constantFrom('Active', 'Inactive', 'Mislaid'),
  CreateDate: fc.constantFrom('2026-01-01T00:00:00Z', '2026-11-20T00:00:00Z'),
});

const collected = fc.record(
  {
    rows: fc.tuple(rootCells, fc.array(fc.tuple(name, cells), { maxLength: 3 })),
    serviceCredentials: fc.oneof(
      fc.constantFrom('denied' as const),
      fc.uniqueArray(credential, { maxLength: 2, selector: (one) => one.ServiceSpecificCredentialId }),
    ),
    owner: fc.constantFrom(null, { name: 'payments', source: 'tag' as const, asOf: DATE }),
    tags: fc.constantFrom<Record<string, string>>({ stage: 'test' }, {}),
    generatedAt: fc.constantFrom('', `${DATE}T07:00:00.000Z`),
  },
  { requiredKeys: ['rows', 'serviceCredentials'] },
);
type Drawn =
  | (typeof collected extends fc.Arbitrary<infer One> ? One : never)
  | { failed: 'denied' }
  | { skip: 'SUSPENDED' };
const account: fc.Arbitrary<Drawn> = fc.oneof(
  { arbitrary: collected, weight: 6 },
  { arbitrary: fc.constant({ failed: 'denied' as const }), weight: 1 },
  { arbitrary: fc.constant({ skip: 'SUSPENDED' as const }), weight: 1 },
);

function stored(drawn: Drawn, index: number): StoredAccount {
  const id = accountId(index);
  if ('failed' in drawn || 'skip' in drawn) return { id, ...drawn };
  const { rows, serviceCredentials, ...about } = drawn;
  const [ofRoot, users] = rows;
  return {
    id,
    ...about,
    serviceCredentials,
    rows: [
      ...(ofRoot ? [as('<root_account>', id, ofRoot)] : []),
      ...users.map(([who, row]) => as(who, id, row)),
    ],
  };
}

const exemption = (scope: object, check: string, who = '*') => ({
  ...{ user: who, check, reason: 'accepted, "for now"', expires: '2026-12-31' },
  ...scope,
});
const settings = {
  serviceCredentials: true,
  digest: 'always' as const,
  checks: {
    frameworks: frameworks.map(({ id }) => id),
    on: checks.map(({ id }) => id),
    exemptions: [
      exemption({ ou: 'ou-1234-56789012' }, 'root-mfa'),
      exemption({ owner: 'payments' }, 'console-mfa', 'a*'),
      exemption({ accountTag: { key: 'stage', value: 'test' } }, 'key-rotation-90-days'),
      exemption({ account: accountId(0) }, 'old-service-credential', 'ada'),
      exemption({ account: '*' }, 'iam-user', 'ken'),
    ],
  },
};

/** What two days tell, and how many reports they read. Versions of objects have random names, so the bucket has none. */
async function told(days: readonly Drawn[][], areReviewed: boolean) {
  const runs = new SummarizedRuns({ versions: false });
  const results = [];
  const schedule = [
    { date: DATE, execution: 'morning' },
    { date: DATE, execution: 'evening', startedAt: `${DATE}T20:00:00.000Z` },
    { date: NEXT_DAY, execution: 'morning' },
  ];
  for (const [index, when] of schedule.entries()) {
    const event = await runs.collect((days[index] ?? []).map(stored), { ...settings, ...when });
    if (!areReviewed) runs.s3.delete(keys.reviews(event.run, 1, 0));
    const run = await runs.summarize(event);
    const files = run.manifest.files.filter(({ key }) => key.startsWith(prefixes.runs));
    results.push({ manifest: run.manifest, files: files.map((file) => runs.s3.text(file.key)) });
  }
  const reads = runs.s3.calls.filter(
    ({ method, key }) => method === 'GET' && key.includes('credentialReport'),
  );
  return { results, reads: reads.length };
}

it('tells the same, byte for byte, from reviews and from reports', async () => {
  jest.spyOn(console, 'log').mockReturnValue(undefined);
  let reviewed = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(...[1, 2, 3].map(() => fc.array(account, { minLength: 1, maxLength: 4 }))),
      async (days) => {
        const [fromReviews, fromReports] = [await told(days, true), await told(days, false)];
        expect(fromReviews.results).toEqual(fromReports.results);
        reviewed += fromReports.reads - fromReviews.reads;
      },
    ),
    { numRuns: 20 },
  );
  expect(reviewed).toBeGreaterThan(50);
  jest.restoreAllMocks();
});
