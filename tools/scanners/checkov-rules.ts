import type { Rule } from './rule';

const OPERATIONS_KEY = { option: 'operationsKeyArn' };
const PASSED = 'passed';

const rule = (id: string, asks: string, outcome: Rule['outcome'] = PASSED): Rule => ({ id, asks, outcome });

/** Every rule of checkov that judges something that is synthesized; `npm run test:peers` compares the list with checkov. */
export const checkovRules: readonly Rule[] = [
  rule('CKV_AWS_7', 'KMS rotates keys that can be rotated'),
  rule('CKV_AWS_18', 'requests to buckets are logged', { option: 'accessLogging' }),
  rule('CKV_AWS_19', 'buckets are encrypted'),
  rule('CKV_AWS_20', 'no ACL lets everybody read a bucket'),
  rule('CKV_AWS_21', 'buckets keep versions', {
    by: /_tables_results_bucket_\w+$/,
    refused:
      'the report bucket keeps them. Results of queries are as sensitive as reports and can be made again, so nothing is to ' +
      'outlast the seven days for which they are kept.',
  }),
  rule('CKV_AWS_26', 'topics are encrypted'),
  rule('CKV_AWS_27', 'queues are encrypted'),
  rule('CKV_AWS_33', 'no key policy allows everybody'),
  rule('CKV_AWS_41', 'no access key in a provider'),
  rule('CKV_AWS_45', 'no secrets in environment variables of functions'),
  rule('CKV_AWS_50', 'functions are traced'),
  rule('CKV_AWS_53', 'buckets block public ACLs'),
  rule('CKV_AWS_54', 'buckets block public policies'),
  rule('CKV_AWS_55', 'buckets ignore public ACLs'),
  rule('CKV_AWS_56', 'buckets restrict public policies'),
  rule('CKV_AWS_57', 'no ACL lets everybody write to a bucket'),
  rule('CKV_AWS_60', 'not everybody can assume a role'),
  rule('CKV_AWS_61', 'no role trusts all principals of an account', {
    by: /\.credential-reports_report-role_\w+$/,
    refused:
      'the condition on `aws:PrincipalArn`, which checkov does not read, narrows the account to one role. A role as the principal would stop ' +
      'working when it is recreated. checkov sees the account only where its ID is written out, as in a plan.',
  }),
  rule('CKV_AWS_62', 'no policy allows every action on everything'),
  rule('CKV_AWS_63', 'no policy allows every action'),
  rule('CKV_AWS_66', 'logs have a retention'),
  rule('CKV_AWS_70', 'no bucket policy allows something to everybody'),
  rule('CKV_AWS_72', 'no queue policy allows every action'),
  rule('CKV_AWS_82', 'the workgroup of Athena overrides the settings of clients'),
  rule('CKV_AWS_93', 'no bucket policy locks out everybody but the root user'),
  rule('CKV_AWS_115', 'functions have reserved concurrency', {
    refused:
      'only `collect-reports` runs many times at once, and `reservedConcurrency` reserves for it. The others run a few ' +
      'times at once; what is reserved for them is taken from every other function of the account.',
  }),
  rule('CKV_AWS_116', 'functions have a dead-letter queue', {
    refused:
      'a dead-letter queue is for asynchronous invocations. Nothing invokes a function of this project that way: Step Functions ' +
      'and `list-accounts` wait for the result.',
  }),
  rule('CKV_AWS_117', 'functions are in a VPC', {
    refused:
      'the functions call APIs of AWS only, and accept no connections. In a VPC they would need an endpoint for every ' +
      'service, or a NAT gateway.',
  }),
  rule('CKV_AWS_144', 'buckets are replicated to another Region', {
    refused:
      'in which other Region personal data may be is not for this project to decide. S3 keeps every object in three ' +
      'Availability Zones.',
  }),
  rule('CKV_AWS_145', 'buckets are encrypted with a KMS key', { option: 'encryption' }),
  rule('CKV_AWS_158', 'logs are encrypted with a KMS key', OPERATIONS_KEY),
  rule('CKV_AWS_159', 'results of Athena are encrypted'),
  rule('CKV_AWS_168', 'no queue policy allows everybody'),
  rule('CKV_AWS_169', 'no topic policy allows everybody'),
  rule('CKV_AWS_173', 'environment variables of functions are encrypted with a KMS key', OPERATIONS_KEY),
  rule('CKV_AWS_227', 'keys are enabled'),
  rule('CKV_AWS_272', 'functions accept signed code only', {
    refused:
      'the plan shows the hash of the code, and only the role that deploys can change it. The same role would also have the ' +
      'code signed, so that a signature would prove nothing more.',
  }),
  rule('CKV_AWS_274', 'no role has the policy AdministratorAccess'),
  rule('CKV_AWS_284', 'state machines are traced'),
  rule('CKV_AWS_285', 'state machines log every event, with its data', {
    refused:
      'errors are logged, without their data. Step Functions keeps the whole history of an execution for 90 days; a second ' +
      'copy would have to be protected as well.',
  }),
  rule('CKV_AWS_286', 'no policy allows to gain more rights'),
  rule('CKV_AWS_287', 'no policy exposes credentials'),
  rule('CKV_AWS_288', 'no policy allows to read all data'),
  rule('CKV_AWS_289', 'no policy allows to manage permissions everywhere'),
  rule('CKV_AWS_290', 'no policy allows to write everywhere'),
  rule('CKV_AWS_297', 'schedules are encrypted with a KMS key', OPERATIONS_KEY),
  rule('CKV_AWS_300', 'parts of uploads that were not completed are removed'),
  rule('CKV_AWS_319', 'alarms have their actions enabled'),
  rule('CKV_AWS_338', 'logs are kept for a year'),
  rule('CKV_AWS_355', 'no policy names all resources for an action that supports fewer', {
    by: /report-role_(policy|service-credentials)_\w+$/,
    refused:
      '`iam:ListServiceSpecificCredentials` lists those of all users of an account in one call, which names no user. ' +
      'The action only reads, and returns no secret.',
  }),
  rule('CKV_AWS_363', 'functions have a runtime that is supported'),
  rule('CKV_AWS_385', 'no topic policy allows other accounts'),
  rule('CKV_AWS_387', 'no queue policy has a wildcard for everybody'),
  rule('CKV_AWS_393', 'no role trusts every workflow of GitHub'),
  rule('CKV2_AWS_6', 'buckets have a public access block'),
  rule('CKV2_AWS_40', 'no policy allows all of IAM'),
  rule('CKV2_AWS_56', 'no role has the policy IAMFullAccess'),
  rule('CKV2_AWS_61', 'buckets have a lifecycle'),
  rule('CKV2_AWS_62', 'buckets send events', {
    refused:
      'nothing waits for single objects: a run reports by its digest, its metrics, and its alarms. An event for each object ' +
      'would be noise.',
  }),
  rule('CKV2_AWS_64', 'keys have a policy of their own'),
  rule('CKV2_AWS_65', 'buckets have no ACLs'),
  rule('CKV2_AWS_73', 'queues are not encrypted with the AWS managed key `aws/sqs`'),
  rule('CKV2_AWS_75', 'no function is open to every website'),
];
