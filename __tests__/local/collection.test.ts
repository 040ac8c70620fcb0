/** The whole workflow: what is synthesized, with the real bundles, against the embedded organization. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { listAccountsSettings } from '../../handlers/list-accounts/settings';
import { keys } from '../../handlers/shared/bucket-layout';
import { reportRoleSettings } from '../../handlers/shared/settings';
import { type CollectionResult, collect } from '../../local/collection';
import { silent } from '../../local/display';
import type { EmbeddedOrganization, OrganizationProps } from '../../local/fake-aws/organization/organization';
import type { Services } from '../../local/fake-aws/server';
import { ServiceError } from '../../local/fake-aws/service';
import type { RedrivableState } from '../../local/redrive';
import { embeddedSource } from '../../local/source/embedded-source';
import { Synthesis } from '../../local/synthesis';
import { readStack } from '../../local/synthesized-stack';
import { organizationOf, temporaryFolder } from '../../tools/support/embedded';
import { projectCopy } from '../support/project-copy';

const { folder, remove } = temporaryFolder();
afterAll(remove);

/** The organizational unit of an account; empty for the management account, which is in none. */
const unitOf = ({ path }: { path: string }) => /\/(ou-[^/]+)\//.exec(path)?.[1] ?? '';

const pilotOrganization = organizationOf({ accounts: 12 });
const pilotUnit = unitOf(pilotOrganization.accounts[1]!);

let synthesis: Synthesis;
beforeAll(async () => {
  const optIn = { region: 'af-south-1', reportRoleName: 'reader' };
  const roleDeployment = { kind: 'stack-set', targets: [pilotUnit] };
  const pilot = { reportRoleName: 'pilot-reader', roleDeployment };
  const withKey = { reportRoleName: 'key-reader', encryption: { kind: 'new-key' } };
  const environments = { production: {}, 'opt-in': optIn, pilot, 'with-key': withKey };
  const project = projectCopy(join(folder, 'project'), environments);
  synthesis = await Synthesis.make({ project });
});
afterAll(() => {
  synthesis.remove();
});

let runs = 0;
async function run(
  organization: EmbeddedOrganization,
  {
    into = `run-${runs++}`,
    execution = 'run',
    change = (services: Services) => services,
    settings = {},
    environment = 'production',
    redrive = undefined as RedrivableState | undefined,
  } = {},
): Promise<CollectionResult> {
  const out = join(folder, into);
  const source = await embeddedSource(organization, out, '', change);
  try {
    const stack = readStack(synthesis.fileOf(environment), source.accountId);
    Object.assign(source.settings, settings);
    return await collect({
      stack,
      source,
      folder: out,
      waitSeconds: 0.01,
      display: silent,
      execution,
      redrive,
    });
  } finally {
    await source.stop();
  }
}

const runOf = (props: Partial<OrganizationProps>) => run(organizationOf(props));

const dateOf = ({ summarized }: CollectionResult) => summarized!.manifest.date;
const reportsOf = (result: CollectionResult) => {
  const prefix = join(result.bucket, dateOf(result));
  return existsSync(prefix) ? readdirSync(prefix).sort() : [];
};

/** Reason of every failed account. */
const reasons = ({ summarized }: CollectionResult) =>
  Object.fromEntries(
    summarized!.manifest.accounts.flatMap((account) =>
      account.outcome === 'failed' ? [[account.id, account.reason]] : [],
    ),
  );

describe('a run', () => {
  it('stores the report of every account byte for byte, and nothing else under its date', async () => {
    const organization = organizationOf({ accounts: 50, users: 5 });
    const result = await run(organization);

    expect(result).toMatchObject({ status: 'SUCCEEDED', notifications: [] });
    expect(result.summarized!.manifest.totals).toMatchObject({
      accounts: 50,
      collected: 50,
      failed: 0,
      skipped: 0,
    });
    expect(reportsOf(result)).toEqual(
      organization.accounts.map(({ id }) => `credentialReport_${id}.csv`).sort(),
    );
    for (const account of organization.accounts) {
      const stored = readFileSync(join(result.bucket, keys.report(dateOf(result), account.id)));
      expect(stored).toEqual(account.currentReport()!.content);
    }
  });

  it('collects accounts while others are listed', async () => {
    const result = await run(organizationOf({ accounts: 25 }), {
      into: 'ahead',
      settings: { [listAccountsSettings.batchSize.variable]: '10' },
    });
    expect(result.summarized!.manifest.totals).toMatchObject({ collected: 25, failed: 0 });
    const logs = join(folder, 'ahead', 'logs');
    const [log = ''] = readdirSync(logs).filter((file) => file.includes('list-accounts'));
    const listed = readFileSync(join(logs, log), 'utf8')
      .split('\n')
      .filter((line) => line.includes('listed accounts'));
    expect(listed.map((line) => JSON.parse(line) as object)).toEqual([
      expect.objectContaining({ expected: 25, openBatches: 0 }),
    ]);
  });

  it('tells in one digest which accounts failed and why, and collects all others', async () => {
    const organization = organizationOf({
      accounts: 30,
      denied: 3,
      slow: 5,
      neverReady: 2,
      throttled: 3,
      suspended: 4,
    });
    const result = await run(organization);

    expect(result.status).toBe('SUCCEEDED');
    expect(result.summarized!.manifest.totals).toMatchObject({
      accounts: 30,
      collected: 21,
      failed: 5,
      skipped: 4,
    });
    const expected = organization.accounts.flatMap(({ id, behavior }) => {
      if (behavior.kind === 'denied') return [[id, behavior.by === 'sts' ? 'role-not-assumable' : 'denied']];
      return behavior.polls === Infinity ? [[id, 'not-ready']] : [];
    });
    expect(reasons(result)).toEqual(Object.fromEntries(expected));
    expect(result.notifications).toHaveLength(1);
    const [{ subject, message }] = result.notifications as [{ subject: string; message: string }];
    expect(subject).toBe(
      `IAM credential reports production ${dateOf(result)}: 5 of 26 accounts failed, ${result.summarized!.manifest.totals.findings} findings`,
    );
    for (const [account, reason] of expected)
      expect(message).toMatch(new RegExp(`^${account} .*: ${reason}: `, 'm'));
  });

  it('waits for slow and throttled accounts until they have a report', async () => {
    const result = await runOf({ accounts: 12, slow: 6, throttled: 6 });
    expect(result.summarized!.manifest.totals).toMatchObject({ collected: 12, failed: 0 });
    expect(result.notifications).toEqual([]);
  });

  it('succeeds when every account refuses, and says so', async () => {
    const result = await runOf({ accounts: 4, denied: 4 });
    expect(result.status).toBe('SUCCEEDED');
    expect(result.summarized!.manifest.totals).toMatchObject({
      accounts: 4,
      collected: 0,
      failed: 4,
      skipped: 0,
    });
    expect(reportsOf(result)).toEqual([]);
    expect(result.notifications).toHaveLength(1);
  });

  it('is not silent about an organization in which no account is expected to have a report', async () => {
    const result = await runOf({ accounts: 2, suspended: 2 });
    expect(result.summarized!.manifest.totals).toMatchObject({
      accounts: 2,
      collected: 0,
      failed: 0,
      skipped: 2,
    });
    expect(result.notifications[0]!.message).toMatch(/No report was expected from any account/);
  });

  it('repairs on the same day what an earlier run could not collect, and gives the same files otherwise', async () => {
    const organization = organizationOf({ accounts: 6, denied: 2 });
    const first = await run(organization, { into: 'twice', execution: 'first' });
    const before = reportsOf(first).map((file) => readFileSync(join(first.bucket, dateOf(first), file)));
    for (const account of organization.accounts) {
      Object.assign(account, { behavior: { kind: 'reports', refusals: 0, polls: 1 } });
    }
    const second = await run(organization, { into: 'twice', execution: 'second' });

    expect(first.summarized!.manifest.totals).toMatchObject({ collected: 4, failed: 2 });
    expect(second.summarized!.manifest.totals).toMatchObject({ collected: 6, failed: 0 });
    expect(reportsOf(second)).toHaveLength(6);
    const after = reportsOf(first).map((file) => readFileSync(join(first.bucket, dateOf(first), file)));
    expect(after).toEqual(expect.arrayContaining(before));
  });

  it('writes under the date of its start when it goes on over midnight', async () => {
    // Only the date: the interpreter takes the start of the execution from it.
    jest.useFakeTimers({
      now: new Date('2026-03-01T23:59:59.900Z'),
      doNotFake: [
        'hrtime',
        'nextTick',
        'performance',
        'queueMicrotask',
        'setImmediate',
        'clearImmediate',
        'setInterval',
        'clearInterval',
        'setTimeout',
        'clearTimeout',
      ],
    });
    try {
      const result = await runOf({ accounts: 3, slow: 1 });
      expect(dateOf(result)).toBe('2026-03-01');
      expect(readdirSync(result.bucket).sort()).toEqual([
        '2026-03-01',
        'ledgers',
        'manifests',
        'organization',
        'outcomes',
        'reviews',
        'runs',
        'tables',
      ]);
      expect(readdirSync(join(result.bucket, 'organization'))).toEqual(['2026-03-01']);
      expect(reportsOf(result)).toHaveLength(3);
    } finally {
      jest.useRealTimers();
    }
  });

  it('that breaks is told, and fails', async () => {
    const result = await run(organizationOf({ accounts: 3 }), {
      change: (services) => ({ ...services, organizations: refuse('AccessDeniedException') }),
    });
    expect(result.status).toBe('FAILED');
    expect(result.error).toMatch(/^AccessDeniedException: [^{]+$/);
    expect(result.summarized).toBeUndefined();
    expect(result.notifications).toEqual([
      {
        subject: 'AWS Notification Message',
        message: expect.stringMatching(
          /^\{"message":"production: the run .* did not finish: FAILED\.".*:run","error":"AccessDeniedException"/,
        ) as string,
      },
    ]);
  });

  it.each([
    ['SummarizeRun', [0, 0, 1, 1]],
    ['PublishDigest', [0, 0, 0, 1]],
  ] as const)(
    'that failed at %s is redriven there: accounts are not listed and collected again',
    async (state, since) => {
      const result = await run(organizationOf({ accounts: 3, denied: 1 }), { redrive: state });
      expect(result.status).toBe('SUCCEEDED');
      expect(result.summarized!.manifest.totals).toMatchObject({ collected: 2, failed: 1 });
      const names = ['list-accounts', 'collect-reports', 'summarize-run', 'alerts'];
      const { after } = result.redrive!.calls;
      expect(names.map((name) => after[`iam-credential-reports-production-${name}`] ?? 0)).toEqual(since);
      expect(result.notifications.map(({ subject }) => subject)).toEqual([
        'AWS Notification Message',
        expect.stringMatching(/: 1 of 3 accounts failed, /),
      ]);
    },
  );

  it('fails the accounts of a batch whose outcomes cannot be written, each with its reason', async () => {
    const result = await run(organizationOf({ accounts: 3 }), {
      change: (services) => ({
        ...services,
        s3: (request) => {
          if (request.method === 'PUT' && request.url.pathname.includes('/outcomes/'))
            refuse('InternalError')();
          return services.s3!(request);
        },
      }),
    });
    expect(result.status).toBe('SUCCEEDED');
    expect(new Set(Object.values(reasons(result)))).toEqual(new Set(['batch-failed']));
    expect(result.summarized!.manifest.totals).toMatchObject({ accounts: 3, failed: 3 });
  });
});

describe('a run of a pilot, whose StackSet has one organizational unit as target,', () => {
  it('collects the accounts below it and the management account, and skips the others', async () => {
    const result = await run(pilotOrganization, { environment: 'pilot' });
    const { accounts } = result.summarized!.manifest;
    const inPilot = (id: string) => {
      const account = pilotOrganization.account(id)!;
      return account === pilotOrganization.accounts[0] || unitOf(account) === pilotUnit;
    };
    expect(Object.fromEntries(accounts.map(({ id, outcome }) => [id, outcome]))).toEqual(
      Object.fromEntries(accounts.map(({ id }) => [id, inPilot(id) ? 'collected' : 'skipped'])),
    );
    expect(new Set(accounts.map(({ outcome }) => outcome))).toEqual(new Set(['collected', 'skipped']));
  });
});

describe('an environment with a KMS key that only Terraform knows', () => {
  it('runs, because the bucket here encrypts nothing', async () => {
    const result = await run(organizationOf({ accounts: 3 }), { environment: 'with-key' });
    expect(result).toMatchObject({ status: 'SUCCEEDED' });
    expect(reportsOf(result)).toHaveLength(3);
  });
});

describe('a run in a Region to which no member account has opted in', () => {
  it('collects every account, with sessions of STS in a Region that every account has', async () => {
    const result = await run(organizationOf({ accounts: 4 }), { environment: 'opt-in' });
    expect(result.summarized!.manifest.totals).toMatchObject({ collected: 4, failed: 0 });
  });

  it('would collect only the management account with STS of its own Region', async () => {
    const organization = organizationOf({ accounts: 4 });
    const settings = { [reportRoleSettings.stsRegion.variable]: 'af-south-1' };
    const result = await run(organization, { environment: 'opt-in', settings });
    const members = organization.accounts.slice(1).map(({ id }) => id);
    expect(Object.keys(reasons(result))).toEqual(members.sort());
    for (const account of result.summarized!.manifest.accounts)
      if (account.outcome === 'failed') expect(account.detail).toMatch(/^RegionDisabledException: /);
  });
});

function refuse(code: string): () => never {
  return () => {
    throw new ServiceError(code === 'InternalError' ? 500 : 400, code, 'refused');
  };
}
