/**
 * A pull request's plan: what it reads from AWS, and the comment that it becomes. `RENEW=1` writes the plan that the
 * unit tests read, and the example in docs/plan-comment-example.md.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { PlanJson } from '../../tools/plan-comment/plan';
import { planComment } from '../../tools/plan-comment/render';
import { temporaryFolder } from '../../tools/support/embedded';
import { aws } from '../support/emulator/aws-cli';
import { noteOf } from '../support/emulator/calls';
import { Emulator } from '../support/emulator/emulator';
import { createOrganization } from '../support/emulator/organization';
import {
  commentInDocs,
  planPolicyActions,
  renewExample,
  withoutNoise,
} from '../../tools/plan-comment/example';
import type { EnvironmentFile } from './environments';
import { acceptAnyProvider, adaptToEmulator, adaptToProvider5, synthesize } from './synthesis';
import { Terraform } from './terraform';

/** It has every kind of resource but those of another account. */
const deployed: EnvironmentFile = {
  alertEmails: ['security@example.com'],
  encryption: { kind: 'new-key' },
  retentionDays: 400,
  athena: true,
};

/** What somebody proposes: the role is rolled out otherwise and called otherwise, and some smaller things. */
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
      const stack = prepared(deployed, folder);
      const terraform = new Terraform(stack, caller);
      const isOld = (await terraform.init()).startsWith('5.');
      if (isOld) adaptToProvider5(stack);
      await terraform.plan();
      await terraform.apply();

      rmSync(join(folder, 'environments'), { recursive: true });
      prepared(proposed, folder);
      if (isOld) adaptToProvider5(stack);
      emulator.watch(noteOf(called));
      plan = withoutNoise(JSON.parse(await terraform.planJson()) as PlanJson);
    } finally {
      await emulator.stop();
      remove();
    }
    if (process.env.RENEW) renewExample(plan);
  }, TIME);

  it('becomes the comment that docs/plan-comment-example.md shows', () => {
    expect(planComment({ environment: 'production', plan })).toBe(commentInDocs());
  });

  it('asks AWS for nothing that the policy of the plan role does not allow', () => {
    const allowed = planPolicyActions();
    expect([...called].filter((action) => !allowed.includes(action)).sort()).toEqual([]);
  });

  it('asks for all that the policy allows, but for what other environments and newer providers read', () => {
    const others = [
      // The state in a bucket, and the role of the logging account.
      's3:GetObject',
      'sts:AssumeRole',
      // The provider asks for it from version 6.23 on.
      's3:ListTagsForResource',
    ];
    expect(planPolicyActions().filter((action) => !called.has(action) && !others.includes(action))).toEqual(
      [],
    );
  });
});

/** The folder of the stack, as the emulator takes it. */
function prepared(environment: EnvironmentFile, folder: string): string {
  const stack = synthesize('production', environment, folder);
  acceptAnyProvider(stack);
  adaptToEmulator(stack);
  return stack;
}
