/** Environments as other users of this project would have them: together they set nearly every option. */
import { everyCheckOption } from '../support/check-options';

export interface ForeignEnvironment {
  readonly name: string;
  /** Options of `npm run configure`. */
  readonly flags: Readonly<Record<string, string>>;
  /** Fields that `npm run configure` does not ask for. */
  readonly byHand?: object;
}

export const foreignEnvironments: readonly ForeignEnvironment[] = [
  {
    // A bucket and a key that the security team owns already.
    name: 'production',
    flags: {
      region: 'eu-central-1',
      'organization-id': 'o-foreign12345',
      bucket: 'existing',
      'bucket-name': 'security-team-reports',
      'bucket-account': '210987654321',
      encryption: 'existing-key',
      'key-arn': 'arn:aws:kms:eu-central-1:210987654321:key/1234abcd-12ab-34cd-56ef-1234567890ab',
      'role-deployment': 'none',
      'report-role-name': 'audit-reader',
      'alert-emails': 'security@example.com,audit@example.com',
      digest: 'always',
      hour: '3',
      timezone: 'Europe/Vienna',
      exclude: '333333333333,444444444444',
      'log-retention-days': '365',
      'wait-seconds': '30',
      'wait-cycles': '90',
      tags: 'cost-center=4711,owner=security',
      backend: 'cloud',
      'cloud-organization': 'example',
    },
    byHand: { scale: { batchSize: 100, batchConcurrency: 10, mapConcurrency: 50 }, reservedConcurrency: 25 },
  },
  {
    // Evidence in a logging account, collected by a delegated administrator.
    name: 'audit-evidence',
    flags: {
      region: 'eu-west-1',
      'collect-from': 'delegated-administrator',
      'organization-id': 'o-foreign12345',
      targets: 'ou-ab12-11111111,ou-ab12-22222222',
      'bucket-name': 'example-audit-evidence',
      'logging-account': '210987654321',
      'logging-role': 'TerraformDeploy',
      encryption: 'new-key',
      'retention-days': '2555',
      digest: 'new-findings',
      'include-ous': 'ou-ab12-11111111,ou-ab12-22222222',
      'exclude-ous': 'ou-ab12-33333333',
      'report-role-name': 'audit-evidence-reader',
      athena: 'yes',
      tags: 'cost-center=4711',
      backend: 's3',
      'state-bucket': 'example-terraform-state',
      'state-region': 'eu-central-1',
    },
    byHand: {
      objectLock: { mode: 'governance', days: 365 },
      owners: { file: true },
      checks: everyCheckOption,
    },
  },
  {
    // Another partition.
    name: 'gov',
    flags: {
      region: 'us-gov-west-1',
      encryption: 'new-key',
      'alert-emails': 'gov@example.com',
      hour: '23',
      timezone: 'America/New_York',
      athena: 'yes',
    },
  },
];
