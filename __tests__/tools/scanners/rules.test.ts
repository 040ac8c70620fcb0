/** The lists of rules are about options that exist, and what no scanner shows is true of what is synthesized. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { environmentSchemaText } from '../../../constructs/environment/json-schema';
import type { PolicyDocument, Statement } from '../../../constructs/policy';
import { type StackJson, everyStack } from '../../../tools/provider-schema/every-option';
import { cdkNagRules } from '../../../tools/scanners/cdk-nag-rules';
import { checkovRules } from '../../../tools/scanners/checkov-rules';
import type { UntriedRule } from '../../../tools/scanners/rule';
import { securityHubControls } from '../../../tools/scanners/security-hub-controls';
import { projectRoot } from '../../../tools/support/project-root';

const untried = [...securityHubControls, ...cdkNagRules];
const all: readonly UntriedRule[] = [...checkovRules, ...untried];
const { properties } = JSON.parse(environmentSchemaText()) as { properties: object };

type Settings = Record<string, unknown>;
const resources = [...everyStack().values()].flatMap(({ resource = {} }: StackJson) =>
  Object.entries(resource).flatMap(([type, ofType]) =>
    Object.values(ofType).map((settings) => ({ ...(settings as Settings), type })),
  ),
);
const ofType = (type: string): Settings[] => resources.filter((resource) => resource.type === type);

const statementsOf = (type: string): Statement[][] =>
  ofType(type).map(({ policy }) => [...(JSON.parse(policy as string) as PolicyDocument).Statement]);

const isTlsOnly = (statements: Statement[]) =>
  statements.some(
    ({ Effect, Principal, Condition }) =>
      Effect === 'Deny' && Principal === '*' && Condition?.Bool?.['aws:SecureTransport'] === 'false',
  );
const allowing = (statements: Statement[], actions: RegExp) =>
  statements.filter(
    ({ Effect, Action }) => Effect === 'Allow' && [Action].flat().some((one) => actions.test(one)),
  );

/** True of what is synthesized, by the rule or control that asks for it. */
const shown: Readonly<Record<string, () => boolean>> = {
  // The provider publishes metrics unless it is told not to.
  'Athena.4': () =>
    ofType('aws_athena_workgroup').every(
      ({ configuration }) => !JSON.stringify(configuration).includes('publish'),
    ),
  'IAM.1': () => ofType('aws_iam_policy').length === 0,
  'IAM.21': () => ofType('aws_iam_policy').length === 0,
  'KMS.1': () => ofType('aws_iam_policy').length === 0,
  'KMS.2': () =>
    statementsOf('aws_iam_role_policy').every((statements) =>
      allowing(statements, /^kms:/).every(({ Resource }) => Resource !== '*'),
    ),
  'KMS.3': () => ofType('aws_kms_key').every(({ deletion_window_in_days: days }) => days === 30),
  'Lambda.1': () => ofType('aws_lambda_permission').length === 0,
  'S3.5': () => statementsOf('aws_s3_bucket_policy').every(isTlsOnly),
  'S3.6': () =>
    statementsOf('aws_s3_bucket_policy').every(
      (statements) =>
        allowing(statements, /^s3:(\*|DeleteBucketPolicy|Put(Bucket|Encryption|ObjectAcl))/).length === 0,
    ),
  'StepFunctions.1': () =>
    ofType('aws_sfn_state_machine').every(({ logging_configuration: logging }) =>
      JSON.stringify(logging).includes('"level":"ERROR"'),
    ),
  'AwsSolutions-IAM4': () =>
    ofType('aws_iam_role_policy_attachment').length === 0 &&
    ofType('aws_iam_role').every((role) => role.managed_policy_arns === undefined),
  'AwsSolutions-L1': () => ofType('aws_lambda_function').every(({ runtime }) => runtime === 'nodejs24.x'),
  'AwsSolutions-S10': () => statementsOf('aws_s3_bucket_policy').every(isTlsOnly),
  'AwsSolutions-SNS3': () => statementsOf('aws_sns_topic_policy').every(isTlsOnly),
  // The only queue is that of the starts that failed.
  'AwsSolutions-SQS3': () =>
    ofType('aws_sqs_queue').every(({ name }) => String(name).endsWith('-dead-letters')),
  'AwsSolutions-SQS4': () => statementsOf('aws_sqs_queue_policy').every(isTlsOnly),
};

const isPassed = ({ outcome }: UntriedRule) => outcome === 'passed';

describe('the rules of the scanners', () => {
  it('have an ID of their own', () => {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });

  it('are met by options that exist', () => {
    const options = all.flatMap(({ outcome }) =>
      typeof outcome === 'object' && 'option' in outcome ? [outcome.option] : [],
    );
    expect(options.length).toBeGreaterThan(0);
    for (const option of options) expect(Object.keys(properties)).toContain(option);
  });

  it('are like a rule of checkov that is listed', () => {
    const ids = checkovRules.map(({ id }) => id);
    const likes = untried.flatMap(({ outcome }) =>
      typeof outcome === 'object' && 'like' in outcome ? [outcome.like] : [],
    );
    for (const like of likes) expect(ids).toContain(like);
  });

  it('are shown here if checkov does not show them, and nothing else is', () => {
    expect(Object.keys(shown).sort()).toEqual(
      untried
        .filter(isPassed)
        .map(({ id }) => id)
        .sort(),
    );
  });

  it.each(Object.entries(shown))('are met: %s', (_id, isMet) => {
    expect(isMet()).toBe(true);
  });
});

describe('.checkov.yaml', () => {
  const config = parse(readFileSync(join(projectRoot, '.checkov.yaml'), 'utf8')) as {
    'skip-check': string[];
  };
  const skipped = config['skip-check'];

  it('skips every rule that is refused', () => {
    const refused = checkovRules.filter(({ outcome }) => typeof outcome === 'object' && 'refused' in outcome);
    expect(skipped).toEqual(expect.arrayContaining(refused.map(({ id }) => id)));
  });

  // Who sets an option takes its rule out.
  it('skips no rule that is passed', () => {
    const passed = checkovRules.filter(isPassed).map(({ id }) => id);
    expect(skipped.filter((id) => passed.includes(id))).toEqual([]);
    expect(new Set(skipped).size).toBe(skipped.length);
  });
});
