import type { Statement } from '../../../constructs/policy';
import { recording } from '../../../tools/policies/deployer/calls';
import {
  COLLECTING_ACCOUNT,
  LOGGING_ACCOUNT,
  SERVICES_FILE,
  STORAGE_FILE,
  documentedPermissions,
} from '../../../tools/policies/deployer/roles';
import { deployerDocs, undemonstrated } from '../../../tools/policies/deployer/undemonstrated';
import { readPolicy } from '../../../tools/policies/role-decision';

const accounts = [COLLECTING_ACCOUNT, LOGGING_ACCOUNT];
const permissions = documentedPermissions();

const statements: readonly Statement[] = permissions[COLLECTING_ACCOUNT]?.Statement ?? [];
const named = (sid: string) => statements.find(({ Sid }) => Sid === sid);
const actions = statements.flatMap(({ Action }) => Action);

/** Rows of the tables of docs/deployer.md. */
const rows = deployerDocs()
  .split('\n')
  .filter((line) => line.startsWith('| '));

describe("the deployer's policies", () => {
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: white space does not count.
  it.each([
    [SERVICES_FILE, 'an inline policy', 10_240],
    [STORAGE_FILE, 'a managed policy', 6_144],
  ])('%s is short enough for %s', (file, _, most) => {
    expect(JSON.stringify(readPolicy(file)).replaceAll(/\s/g, '').length).toBeLessThan(most);
  });

  it('allow everything once', () => {
    const sids = statements.map(({ Sid }) => Sid);
    expect(sids).toEqual([...new Set(sids)]);
  });

  it('name every action in full', () => {
    expect(actions.filter((action) => !/^[a-z0-9]+:[A-Za-z]+$/.test(action))).toEqual([]);
  });

  it('have the resource * only for actions for which docs/deployer.md says why', () => {
    const anywhere = statements.filter(({ Resource }) => [Resource].flat().includes('*'));
    const reasons = rows.filter((row) => row.split('|')[2]?.trim() === '`*`').join();
    for (const { Sid, Action } of anywhere) {
      const names = [Sid, ...[Action].flat()];
      const isTold = reasons.includes(`\`${Sid}\``) || names.slice(1).every((name) => reasons.includes(name));
      expect([Sid, isTold]).toEqual([Sid, true]);
    }
  });

  it('cannot read reports, logs or messages, and can neither sign nor decrypt', () => {
    const data =
      /^(s3:GetObjectVersion|logs:(Get|Filter)|sqs:Receive|kms:(Decrypt|Sign)|athena:(Start|GetQueryResults))/;
    const others = statements.filter(({ Sid }) => Sid !== 'OperationsKey').flatMap(({ Action }) => Action);
    expect(others.filter((action) => data.test(action))).toEqual([]);
    // AWS Lambda shows the variables of a function to who may decrypt them, through nothing else.
    const through = { 'kms:ViaService': ['lambda.*.amazonaws.com', 'scheduler.*.amazonaws.com'] };
    expect(named('OperationsKey')?.Condition).toEqual({ StringLike: through });
    const objects = statements.filter(({ Action }) => [Action].flat().includes('s3:GetObject'));
    for (const { Resource } of objects)
      for (const resource of [Resource].flat())
        expect(resource).toMatch(/^arn:aws:s3:::STATE-BUCKET\/iam-credential-reports\//);
  });
});

describe('docs/deployer.md', () => {
  it('says for every statement of an option when it is needed', () => {
    const always = ['Functions', 'StateMachine', 'Schedule', 'DeadLetters', 'Alerts', 'FailedRuns', 'Alarms'];
    const never = [...always, 'ReadAlarms', 'Dashboard', 'Logs', 'ReadWithoutResource'];
    const sids = statements.map(({ Sid }) => Sid);
    const told = sids.filter((sid) => rows.some((row) => row.split('|')[1]?.includes(`\`${sid}\``)));
    const rest = sids.filter((sid) => !told.includes(sid) && !sid.startsWith('PassRole'));
    expect(rest.sort()).toEqual(never.sort());
  });

  it('has a source for everything that no recorded call shows', () => {
    for (const { names, sources } of undemonstrated())
      expect([names, sources.length > 0]).toEqual([names, true]);
  });

  it('lists what tells why a rollout failed, which no recorded call shows', () => {
    const listed = undemonstrated().flatMap(({ names }) => names);
    expect(listed).toContain('cloudformation:ListStackSetOperationResults');
  });

  it('lists nothing there that the policy does not have', () => {
    const listed = undemonstrated().flatMap(({ names }) => names);
    expect(listed).not.toEqual([]);
    expect(listed.filter((name) => !actions.includes(name))).toEqual([]);
  });
});

describe('the recorded calls', () => {
  it('show nothing of a machine, an account or an organization', () => {
    const text = JSON.stringify(recording());
    const ids = [...text.matchAll(/\d{12}/g)].map(([id]) => id);
    expect([...new Set(ids)].sort()).toEqual(accounts);
    expect(text).not.toMatch(/\/tmp|\/home|\bo-[a-z0-9]{10}|@|[0-9a-f]{8}-[0-9a-f]{4}/);
  });
});
