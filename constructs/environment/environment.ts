import * as z from 'zod';
import { digestOccasions } from '../../handlers/shared/events';
import { accountOptions } from './accounts';
import { backend } from './backend';
import { checkOptions } from './checks';
import { exportOptions } from './exports';
import { fieldsOf, regionName, tagName, tagValue, text, uniqueList } from './fields';
import { owners } from './owners';
import { withRules } from './rules';
import { keyArnText } from './encryption';
import { storageOptions } from './storage';
import { timingOptions } from './timing';

/**
 * What an environment file may say. This schema is the one source of the defaults, of the validation, of
 * `environments/schema.json`, of the table in `docs/options.md`, and of what `npm run configure` explains.
 */

/** Days that CloudWatch Logs accepts (https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html). */
const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

const tags = z
  .record(tagName, tagValue, 'must be an object of text values')
  .default({})
  .describe(
    'Tags for every resource that can have tags, also for the report role in every account. At most 50.',
  );

export const Environment = withRules(
  fieldsOf({
    $schema: z.string('must be text').optional().describe('Schema with which editors complete this file.'),
    region: regionName
      .default('us-east-1')
      .describe(
        'Region of the bucket, functions, workflow, and everything else that runs. It also sets the partition, such as ' +
          'China or AWS GovCloud (US). If accounts have to opt in to the Region, only the account that collects and the ' +
          'one with the bucket need it: STS and the StackSet are then in US East (N. Virginia).',
      ),
    ...accountOptions,
    ...storageOptions,
    alertEmails: uniqueList(z.email('must be an email address'))
      .default([])
      .describe(
        'Email addresses that receive alerts and the digest. Each recipient confirms an email from AWS once. With an empty ' +
          'list nobody is notified until you subscribe somebody to the SNS topic.',
      ),
    digest: z
      .enum(
        digestOccasions,
        `must be one of ${digestOccasions.map((occasion) => `"${occasion}"`).join(', ')}`,
      )
      .default('failures')
      .describe(
        'When a digest is sent. `failures`: when accounts failed or none was collected. `new-findings`: also when ' +
          'findings are new. `weekly`: when accounts failed or none was collected, and after the runs of the first day of ' +
          'each ISO week that has a run. `always`: after every run. A run that fails always sends an alert.',
      ),
    chat: z
      .boolean('must be true or false')
      .default(false)
      .describe(
        'Whether to create an SNS topic for Amazon Q Developer in chat applications, and to publish a short message for Slack ' +
          'or Microsoft Teams to it with every digest. You attach the topic to a channel.',
      ),
    ...timingOptions,
    checks: checkOptions,
    owners,
    exports: exportOptions,
    athena: z
      .boolean('must be true or false')
      .default(false)
      .describe(
        'Whether to create tables in Glue, a workgroup in Athena, and a bucket for the results of queries, so that reports, ' +
          'credentials, and findings can be queried with SQL. They are in the account that has the new bucket, and cost ' +
          'nothing until you run a query.',
      ),
    architecture: z
      .enum(['arm64', 'x86_64'], 'must be "arm64" or "x86_64"')
      .default('arm64')
      .describe(
        'Processor architecture of the functions. `arm64` costs less. Choose `x86_64` in a Region where AWS Lambda does not ' +
          'offer `arm64`.',
      ),
    logRetentionDays: z
      .literal(
        LOG_RETENTION_DAYS,
        `must be a number of days that CloudWatch Logs accepts: ${LOG_RETENTION_DAYS.join(', ')}`,
      )
      .default(365)
      .describe('Days that logs are kept. CloudWatch Logs accepts certain numbers only.'),
    operationsKeyArn: keyArnText
      .optional()
      .describe(
        'ARN of your KMS key, in the account that collects and the Region of the environment, for the logs, the environment ' +
          'variables of the functions, and the input of the schedule. Before you set it, add the statements of the output ' +
          '`operations_key_policy_statements` to the policy of the key. Default: AWS services manage the keys.',
      ),
    tags,
    backend,
  }),
);
/** What an environment file says, with the defaults of what it leaves out. */
export type Environment = z.output<typeof Environment>;

/** How the work is divided. */
export type Scale = Environment['scale'];

/** The options of an environment whose file is empty. */
export const defaultOptions = Environment.parse({});

/**
 * The name is part of names that AWS limits to 63 and 64 characters. The alias of the report key ends with it, and the
 * aliases of the other keys of an environment `production` end with `production-alerts` and `production-signing`.
 */
export const EnvironmentName = text(
  /^(?!(report-role|schema)$)(?!.*-(alerts|signing)$)[a-z][a-z0-9-]{0,22}[a-z0-9]$/,
  '2 to 24 lowercase letters, digits, and hyphens; "report-role", "schema", and names that end with "-alerts" or ' +
    '"-signing" are reserved',
);
