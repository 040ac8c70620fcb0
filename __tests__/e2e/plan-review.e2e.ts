/**
 * A pull request's plan: what it reads from AWS, and its comment. `RENEW=1` saves the plan as the example, from which
 * `npm run generate` writes docs/plan-comment-example.md.
 */
import { type PlanJson, parsePlan } from '../../tools/plan-comment/plan-json';
import { temporaryFolder } from '../../tools/support/embedded';
import { aws } from '../support/emulator/aws-cli';
import { noteOf } from '../support/emulator/calls';
import { Emulator } from '../support/emulator/emulator';
import { createOrganization } from '../support/emulator/organization';
import {
  commentOf,
  exampleComment,
  planPolicyActions,
  saveExamplePlan,
  withoutNoise,
} from '../../tools/plan-comment/example';
import type { EnvironmentFile } from './environments';
import { adaptToProvider5, synthesizeForEmulator } from './synthesis';
import { Terraform } from './terraform';

/** It has every kind of resource but those of another account. */
const deployed: EnvironmentFile = {
  alertEmails: ['security@example.com'],
  encryption: { kind: 'new-key' },
  retentionDays: 400,
  signing: true,
  athena: true,
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

/** Time for all of it, ms. */
const TIME = 900_000;

describe('the plan of a pull request', () => {
  const called = new Set<string>();
  let plan: PlanJson;
  let ofOneResource: PlanJson;

  beforeAll(async () => {
    const { folder, remove } = temporaryFolder();
    const emulator = await Emulator.start();
    try {
      const caller = emulator.administrator('us-east-1');
      await createOrganization(caller);
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
      const stack = synthesizeForEmulator('production', deployed, folder);
      const terraform = new Terraform(stack, caller);
      const isOld = (await terraform.init()).startsWith('5.');
      if (isOld) adaptToProvider5(stack);
      await terraform.plan();
      await terraform.apply();

      synthesizeForEmulator('production', proposed, folder);
      if (isOld) adaptToProvider5(stack);
      emulator.watch(noteOf(called));
      plan = withoutNoise(parsePlan(await terraform.planJson()));
      ofOneResource = parsePlan(
        await terraform.planJson('-target=aws_sns_topic.credential-reports_alerts_topic_D9979187'),
      );
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

  it('calls only what the policy of the plan role allows', () => {
    const allowed = planPolicyActions();
    expect([...called].filter((action) => !allowed.includes(action)).sort()).toEqual([]);
  });

  it('calls everything that the policy allows, except what other environments and newer providers need', () => {
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
});
