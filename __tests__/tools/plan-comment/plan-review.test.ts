import { planComment } from '../../../tools/plan-comment/render';
import type { PolicyDocument } from '../../../constructs/policy';
import {
  commentInDocs,
  examplePlan,
  planPolicyActions,
  planPolicyText,
  planReviewDocs,
  planTrustText,
} from '../../../tools/plan-comment/example';

const policy = JSON.parse(planPolicyText()) as PolicyDocument;

describe('docs/plan-comment-example.md', () => {
  it('is the comment of a plan that Terraform made; RENEW=1 npm run test:e2e renews both', () => {
    expect(planComment({ environment: 'production', plan: examplePlan() })).toBe(commentInDocs());
  });

  it('shows nothing of the account and of the machine', () => {
    expect(commentInDocs()).not.toMatch(/\d{12}|\/tmp|\/home|\bo-[a-z0-9]{10}|@/);
  });
});

describe('docs/plan-review.md', () => {
  it.each([
    ['permissions', planPolicyText()],
    ['trust', planTrustText()],
  ])('has the %s of the plan role as they lie beside it', (_, text) => {
    expect(planReviewDocs()).toContain(`\`\`\`json\n${text}\`\`\``);
  });
});

describe('the role of the plan', () => {
  it('may change nothing', () => {
    const writing = planPolicyActions().filter(
      (action) => !/^\w+:(Get|List|Describe|Validate)\w+$/.test(action),
    );
    expect(writing).toEqual(['sts:AssumeRole']);
  });

  it('may validate a definition, which the provider does while it plans', () => {
    expect(planPolicyActions()).toContain('states:ValidateStateMachineDefinition');
  });

  it('reads no report, no log and no message, and decrypts nothing', () => {
    const data =
      /^(logs:(Get|Filter)|sqs:Receive|kms:Decrypt|secretsmanager:|ssm:|athena:GetQueryResults|states:GetExecutionHistory)/;
    expect(planPolicyActions().filter((action) => data.test(action))).toEqual([]);
    const objects = policy.Statement.filter(({ Action }) => [Action].flat().includes('s3:GetObject'));
    expect(objects.map(({ Resource }) => Resource)).toEqual([
      'arn:aws:s3:::STATE-BUCKET/iam-credential-reports/*/terraform.tfstate',
    ]);
  });

  it('has * only for actions of which docs/plan-review.md says why', () => {
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
