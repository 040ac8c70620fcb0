import { TerraformOutput, type TerraformStack, Token } from 'cdktf';
import type { CredentialReports } from './credential-reports';
import type { Environment } from './environment/environment';
import { policyJson } from './policy';
import { keyGrantsForQueries } from './queries/query-access';
import { operationsKeyStatements } from './operations-key';
import { deliverLog } from './storage/access-logging';
import { bucketGrants, keyGrants } from './storage/bucket-access';
import { assertFits } from './storage/policy-size';
import { bucketGrantsToReaders, keyGrantsToReaders, readerTrust } from './storage/readers';

/** What people need to know about a deployment. */
export function stackOutputs(
  stack: TerraformStack,
  reports: CredentialReports,
  { bucket, encryption, readers, athena, accessLogging, operationsKeyArn }: Environment,
): void {
  // For a list, CDKTF calls a function that Node.js warns of; not for the text that stands for the list until synthesis.
  const output = (name: string, value: unknown, description: string) =>
    new TerraformOutput(stack, name, { value: Token.asString(value), description });
  output('report_bucket', reports.bucket.name, 'Bucket of the reports');
  output('state_machine_arn', reports.workflow.arn, 'State machine of the collection');
  output('alerts_topic_arn', reports.alerts.topicArn, 'Topic for alerts');
  if (reports.chat) {
    output('chat_topic_arn', reports.chat.topicArn, 'Topic for Amazon Q Developer in chat applications');
  }
  output(
    'collector_role_arn',
    reports.collectReports.roleArn,
    'Role that assumes the report role in every account',
  );

  const { bucketUsers, deployment, signingKey, queries, eventBus } = reports;
  if (eventBus) output('event_bus_arn', eventBus.arn, 'Event bus that gets events of every run');
  if (encryption.kind === 'new-key') {
    output('report_key_arn', reports.bucket.keyArn, 'KMS key that encrypts the bucket');
  }
  if (signingKey) {
    output('signing_key_arn', signingKey.arn, 'KMS key that signs the manifests');
    output('signing_public_key', signingKey.publicKey, 'Public key of the signatures, in PEM');
  }
  // In the account that owns a bucket or key, the policy of the role is enough.
  const elsewhere = athena ? [...readers, queries.roleArn] : readers;
  if (bucket.kind === 'existing' && (bucket.accountId !== undefined || readers.length > 0)) {
    const statements =
      bucket.accountId === undefined
        ? bucketGrantsToReaders(readers, reports.bucket, deployment)
        : [
            ...bucketGrants(bucketUsers, deployment),
            ...bucketGrantsToReaders(elsewhere, reports.bucket, deployment),
          ];
    assertFits(policyJson(...statements), deployment);
    output(
      'bucket_policy_statements',
      statements,
      'Statements that the policy of the existing bucket must contain',
    );
  }
  if (encryption.kind === 'existing-key') {
    const [, , , , keyAccountId = ''] = encryption.keyArn.split(':');
    output(
      'key_policy_statements',
      [
        ...keyGrants(bucketUsers, reports.bucket, deployment),
        ...keyGrantsToReaders(elsewhere, reports.bucket, deployment, keyAccountId),
        ...(athena ? keyGrantsForQueries(elsewhere, deployment, queries.accountId, keyAccountId) : []),
      ],
      'Statements that the policy of the existing key must contain for principals of other accounts',
    );
  }
  output(
    'reader_policy',
    policyJson(...reports.readerStatements),
    'IAM policy for those who read the results, and query them',
  );
  if (athena && readers.length > 0) {
    output(
      'reader_trust_policy',
      policyJson(...readerTrust(readers, deployment, queries.accountId)),
      'Trust policy of a role in the account of the tables, with which readers in other accounts query them',
    );
  }
  if (accessLogging) {
    output(
      'access_logging_policy_statements',
      [
        deliverLog(
          [reports.bucket.arn, ...queries.bucketArns],
          reports.bucket.ownerAccountId,
          accessLogging,
          deployment,
        ),
      ],
      'Statements that the policy of the bucket in `accessLogging` must contain',
    );
  }
  if (operationsKeyArn !== undefined) {
    output(
      'operations_key_policy_statements',
      operationsKeyStatements(reports),
      'Statements that the policy of the key in `operationsKeyArn` must contain',
    );
  }
}
