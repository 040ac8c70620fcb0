/** The tables of docs/existing-bucket.md, from the outputs of a stack and from the patterns that the tests try. */
import type { Statement } from '../../constructs/policy';
import { denyPatterns } from '../existing-bucket/deny-patterns';
import { SynthesizedStack } from '../support/synthesized-stack';
import { codes, table } from './markdown';

const OWNER = '222222222222';
const place = {
  bucketArn: 'arn:aws:s3:::auditors',
  keyArn: `arn:aws:kms:eu-central-1:${OWNER}:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
  organizationId: 'o-exampleorg1',
};

type Outputs = Readonly<Record<'bucket_policy_statements' | 'key_policy_statements', readonly Statement[]>>;
let outputs: Outputs | undefined;

/** What the environment `production` tells the owner of its bucket and key. It is synthesized once. */
function statementsOf(output: keyof Outputs): readonly Statement[] {
  outputs ??= synthesized();
  return outputs[output];
}

function synthesized(): Outputs {
  const environment = {
    region: 'eu-central-1',
    organizationId: place.organizationId,
    roleDeployment: { kind: 'none' },
    bucket: { kind: 'existing', name: 'auditors', accountId: OWNER },
    encryption: { kind: 'existing-key', keyArn: place.keyArn },
  };
  const { output } = new SynthesizedStack(environment, 'production').json;
  return Object.fromEntries(
    Object.entries(output).map(([name, { value }]) => [name, value as Statement[]]),
  ) as unknown as Outputs;
}

/** What the policy of a bucket in another account must allow. */
export const bucketStatementsTable = () =>
  table(
    ['statement', 'allows', 'on'],
    statementsOf('bucket_policy_statements').map(({ Sid, Action, Resource = [], Condition }) => {
      const prefix = Condition?.StringLike?.['s3:prefix'];
      const keys = [Resource].flat().map((arn) => arn.replace(`${place.bucketArn}/`, ''));
      return [
        `\`${Sid}\``,
        codes([Action].flat()),
        prefix === undefined ? codes(keys) : `the bucket, with the prefix ${codes([prefix].flat())}`,
      ];
    }),
  );

/** What the policy of a key in another account must allow. */
export const keyStatementsTable = () =>
  table(
    ['statement', 'allows', 'only through'],
    statementsOf('key_policy_statements').map(({ Sid, Action, Condition }) => [
      `\`${Sid}\``,
      codes([Action].flat()),
      codes([Condition?.StringEquals?.['kms:ViaService']]),
    ]),
  );

/** What policies of buckets commonly deny. */
export const denyPatternsTable = () =>
  table(
    ['the policy denies', 'its condition', 'passed'],
    denyPatterns(place).map(({ denies, statement, passed }) => [
      denies,
      statement.Condition ? codes([JSON.stringify(statement.Condition)]) : '',
      passed,
    ]),
  );
