import type { PolicyDocument } from '../../../constructs/policy';
import {
  exampleComment,
  planPolicyActions,
  planPolicyText,
  planReviewDocs,
  planTrustText,
} from '../../../tools/plan-comment/example';

const policy = JSON.parse(planPolicyText()) as PolicyDocument;

describe('the example of a comment', () => {
  it('shows nothing of the account or of the machine', () => {
    expect(exampleComment()).not.toMatch(/\d{12}|\/tmp|\/home|\bo-[a-z0-9]{10}|@/);
  });
});

describe('docs/plan-review.md', () => {
  it.each([
    ['permissions', planPolicyText()],
    ['trust', planTrustText()],
  ])('shows the %s of the plan role as in the file next to it', (_, text) => {
    expect(planReviewDocs()).toContain(`\`\`\`json\n${text}\`\`\``);
  });
});

describe('the role of the plan', () => {
  it('cannot change anything', () => {
    const writing = planPolicyActions().filter(
      (action) => !/^\w+:(Get|List|Describe|Validate)\w+$/.test(action),
    );
    expect(writing).toEqual(['sts:AssumeRole']);
  });

  it('can validate a state machine, which the provider does during a plan', () => {
    expect(planPolicyActions()).toContain('states:ValidateStateMachineDefinition');
  });

  it('cannot read reports, logs, or messages, and cannot decrypt', () => {
    const data =
      /^(logs:(Get|Filter)|sqs:Receive|kms:Decrypt|secretsmanager:|ssm:|athena:GetQueryResults|states:GetExecutionHistory)/;
    expect(planPolicyActions().filter((action) => data.test(action))).toEqual([]);
    const objects = policy.Statement.filter(({ Action }) => [Action].flat().includes('s3:GetObject'));
    expect(objects.map(({ Resource }) => Resource)).toEqual([
      'arn:aws:s3:::STATE-BUCKET/iam-credential-reports/*/terraform.tfstate',
    ]);
  });

  it('has * only for actions for which docs/plan-review.md says why', () => {
    const anywhere = policy.Statement.filter(({ Resource }) => Resource === '*');
    expect(anywhere.map(({ Sid }) => Sid)).toEqual(['ReadWithoutResource']);
    const reasons = planReviewDocs()
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    for (const action of anywhere.flatMap(({ Action }) => Action)) {
      expect(reasons.filter((line) => line.includes(`\`${action}\``))).toHaveLength(1);
    }
  });

  it('names every action once', () => {
    const actions = planPolicyActions();
    expect(new Set(actions).size).toBe(actions.length);
  });
});
