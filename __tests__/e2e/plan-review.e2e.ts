/**
 * A pull request's plan: what it reads from AWS, and its comment; then the change is deployed. `RENEW=1` saves the plan as
 * the example, from which `npm run generate` writes docs/plan-comment-example.md, and what the deploy role called.
 */
import { planRoleMay } from '../../tools/policies/plan-role';
import { type PlanJson, parsePlan } from '../../tools/plan-comment/plan-json';
import { temporaryFolder } from '../../tools/support/embedded';
import { aws } from '../support/emulator/aws-cli';
import { Emulator } from '../support/emulator/emulator';
import { stackInstancesOf } from '../support/emulator/gaps';
import { MANAGEMENT, createOrganization } from '../support/emulator/organization';
import {
  commentOf,
  exampleComment,
  planPolicyActions,
  saveExamplePlan,
  withoutNoise,
} from '../../tools/plan-comment/example';
import { assume, createDeployer } from './deployer';
import type { EnvironmentFile } from './environments';
import { EnforcedRole } from './permissions';
import { type SeenCalls, compareCalls } from './recorded-calls';
import { adaptToProvider, synthesizeForEmulator } from './synthesis';
import { Terraform } from './terraform';

/** It has every kind of resource but those of another account. */
const deployed: EnvironmentFile = {
  alertEmails: ['security@example.com'],
  encryption: { kind: 'new-key' },
  retentionDays: 400,
  signing: true,
  athena: true,
  objectLock: { mode: 'governance', days: 1 },
  tags: { team: 'security' },
};

/** What a pull request proposes: another deployment and name of the role, and some smaller changes. */
const proposed: EnvironmentFile = {
  ...deployed,
  alertEmails: ['security@example.com', 'audit@example.com'],
  roleDeployment: { kind: 'none' },
  reportRoleName: 'audit-reader',
  logRetentionDays: 30,
  schedule: { hour: 5 },
  digest: 'new-findings',
};

/** What is deployed instead: as many kinds of changes in place as options make. */
const changed: EnvironmentFile = {
  ...proposed,
  roleDeployment: { kind: 'stack-set' },
  bucket: { kind: 'new', prefix: 'audit/' },
  retentionDays: 800,
  architecture: 'x86_64',
  reservedConcurrency: 10,
  checks: { unusedDays: 60 },
  tags: { owner: 'audit' },
  allowDestroy: true,
};

/** Time for all of it, ms. */
const TIME = 1_800_000;

describe('the plan of a pull request', () => {
  let called: Set<string>;
  let deployerCalls: SeenCalls;
  let plan: PlanJson;
  let ofOneResource: PlanJson;

  beforeAll(async () => {
    const { folder, remove } = temporaryFolder();
    const emulator = await Emulator.start();
    try {
      const caller = emulator.administrator('us-east-1');
      const organization = await createOrganization(caller);
      // As docs/plan-review.md says.
      await aws(caller, 'iam create-open-id-connect-provider', {
        url: 'https://token.actions.githubusercontent.com',
        'client-id-list': 'sts.amazonaws.com',
      });
      await aws(caller, 'iam create-role', {
        'role-name': 'iam-credential-reports-plan',
        'assume-role-policy-document': 'file://docs/plan-role-trust.json',
      });
      await aws(caller, 'iam put-role-policy', {
        'role-name': 'iam-credential-reports-plan',
        'policy-name': 'plan',
        'policy-document': 'file://docs/plan-role-permissions.json',
      });
      emulator.fill(stackInstancesOf([...organization.accounts.values()]));
      const deployer = await createDeployer({
        emulator,
        organization,
        name: 'production',
        environment: changed,
      });
      const stack = synthesizeForEmulator('production', deployed, folder);
      const terraform = new Terraform(stack, deployer.caller);
      const provider = await terraform.init();
      const change = (environment: EnvironmentFile) => {
        synthesizeForEmulator('production', environment, folder);
        adaptToProvider(stack, provider);
      };
      change(deployed);
      await terraform.applyActions();

      const account = organization.account(MANAGEMENT);
      const planner = await assume(caller, `arn:aws:iam::${account}:role/iam-credential-reports-plan`);
      const planRole = new EnforcedRole(({ action, resource }) => planRoleMay(action, resource));
      deployer.permissions.enforce(planner.accessKeyId, { role: planRole, account });
      const planning = new Terraform(stack, planner);
      change(proposed);
      plan = withoutNoise(parsePlan(await planning.planJson()));
      ofOneResource = parsePlan(
        await planning.planJson('-target=aws_sns_topic.credential-reports_alerts_topic_D9979187'),
      );

      called = new Set(planRole.calls.map(({ action }) => action));

      change(changed);
      await terraform.applyActions();
      await terraform.destroy();
      deployer.permissions.assertNothingDenied();
      deployerCalls = { provider, calls: deployer.role.calls };
    } finally {
      await emulator.stop();
      remove();
    }
    if (process.env.RENEW) saveExamplePlan(plan);
  }, TIME);

  it('has the comment of the example', () => {
    expect(commentOf(plan)).toBe(exampleComment());
  });

  it('has a comment that says so if it was made for some resources only', () => {
    expect(commentOf(ofOneResource)).toContain('## Plan of `production`: incomplete\n');
  });

  it('calls everything that the policy of the plan role allows, except what other environments and newer providers need', () => {
    const others = [
      // The state in a bucket, and the role of the logging account.
      's3:GetObject',
      'sts:AssumeRole',
      // The provider asks for it from version 6.23 on.
      's3:ListTagsForResource',
      // The public key of an environment that signs.
      'kms:GetPublicKey',
    ];
    expect(planPolicyActions().filter((action) => !called.has(action) && !others.includes(action))).toEqual(
      [],
    );
  });

  it('is followed by an apply and a destroy that call what is recorded of the deploy role, and nothing else', () => {
    expect(compareCalls('plan-review', deployerCalls)).toEqual({ missing: [], surplus: [] });
  });
});
