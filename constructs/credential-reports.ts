import { Construct } from 'constructs';
import type { AccountSelection, CheckSettings, DigestOccasion, Waiting } from '../handlers/shared/events';
import { Alarms } from './operations/alarms';
import { Alerts } from './operations/alerts';
import { checkSettings } from './environment/check-settings';
import type { ReportBucketReference, BucketUser } from './storage/bucket-access';
import { RequestReportsFunction } from './functions/request-reports-function';
import { CollectReportsFunction } from './functions/collect-reports-function';
import { Dashboard } from './operations/dashboard';
import type { Deployment } from './deployment';
import { ListAccountsFunction } from './functions/list-accounts-function';
import type { OtherAccount } from './other-account';
import { QueryTables } from './queries/query-tables';
import { ReportBucket } from './storage/report-bucket';
import type { RetentionOptions } from './storage/report-bucket-retention';
import { ReportKey } from './storage/report-key';
import { ReportRole } from './report-role/report-role';
import { DEFAULT_REPORT_ROLE_NAME } from './report-role/report-role-policy';
import { ReportRoleStackSet } from './report-role/report-role-stack-set';
import { DEFAULT_SCALE, type Scale } from './environment/scale';
import { Schedule } from './workflow/schedule';
import { SummarizeRunFunction } from './functions/summarize-run-function';
import { Workflow } from './workflow/workflow';

/** A bucket that is made with the collection. */
export interface NewBucket extends RetentionOptions {
  readonly kind: 'new';
  /**
   * Name of the bucket, unique in all of AWS.
   * @default - the deployment's name and the account of the bucket
   */
  readonly name?: string | undefined;
  /** AccountIdentity manages the key that encrypts the reports; a key that exists has to let the collection use it. */
  readonly encryption:
    | { readonly kind: 's3-managed' }
    | { readonly kind: 'new-key' }
    | { readonly kind: 'existing-key'; readonly keyArn: string };
  /**
   * Account that gets bucket and key, with the grants that the collection needs.
   * @default - the account that collects
   */
  readonly owner?: OtherAccount | undefined;
}

/** A bucket that is there already. Nothing about it is changed; its owner grants what the collection needs. */
export interface ExistingBucket {
  readonly kind: 'existing';
  readonly name: string;
  /**
   * KMS key of its default encryption.
   * @default - S3 manages the key
   */
  readonly keyArn?: string | undefined;
}

export interface CredentialReportsProps {
  readonly deployment: Deployment;
  /** Id of the organization whose accounts are collected; roles are trusted within it only. */
  readonly organizationId: string;
  /** @default - a new bucket in the account that collects, with a key that S3 manages */
  readonly bucket?: NewBucket | ExistingBucket;
  /**
   * AccountIdentity gets a mail when accounts failed or a run broke; each address confirms its subscription once.
   * @default - nobody: the messages go to the topic all the same
   */
  readonly alertEmails?: readonly string[];
  /**
   * Name of the role in every account.
   * @default - iam-credential-report-generation-role
   */
  readonly reportRoleName?: string;
  /**
   * How the role gets into the accounts: by a StackSet to the targets, root id or ids of organizational units,
   * or not by this construct.
   * @default - not by this construct
   */
  readonly roleDeployment?:
    { readonly kind: 'stack-set'; readonly targets: readonly string[] } | { readonly kind: 'none' };
  /**
   * Which account this is. A StackSet reaches a delegated administrator's account too, but never the
   * management account.
   * @default - the management account
   */
  readonly collectFrom?: 'management-account' | 'delegated-administrator';
  /**
   * Days that logs are kept; one of those that CloudWatch Logs knows.
   * @default - 90
   */
  readonly logRetentionDays?: number;
  /**
   * When a run starts, every day.
   * @default - 08:00 UTC
   */
  readonly schedule?: { readonly hour: number; readonly timezone: string };
  /**
   * How long an account may take to make its report.
   * @default - 45 cycles of 60 seconds
   */
  readonly waiting?: Waiting;
  /**
   * Which accounts are collected.
   * @default - all that are active
   */
  readonly accounts?: AccountSelection;
  /**
   * How the work is cut.
   * @default - batches of 400 accounts, 20 of them at a time, all batches under way
   */
  readonly scale?: Scale;
  /**
   * Thresholds of the checks, and exemptions from them.
   * @default - the thresholds of docs/checks.md, no exemption
   */
  readonly checks?: CheckSettings;
  /**
   * When a mail is sent.
   * @default - when an account failed
   */
  readonly digest?: DigestOccasion;
  /**
   * Makes the reports and tables queryable with Amazon Athena.
   * @default - they are files only
   */
  readonly athena?: boolean;
  /**
   * Concurrency that is kept for collect-reports alone, and is the most that it gets. AWS Lambda
   * refuses what would leave too little for the rest of the account: a new account has none to give. Asking ahead takes
   * none of it.
   * @default - what is free in the account
   */
  readonly reservedConcurrency?: number | undefined;
}

/** The whole collection, in the order of its flow. */
export class CredentialReports extends Construct {
  readonly bucket: ReportBucketReference;
  readonly alerts: Alerts;
  readonly collectReports: CollectReportsFunction;
  readonly workflow: Workflow;
  /** The functions that use the bucket: for the policies of a bucket or key that is made elsewhere. */
  readonly bucketUsers: readonly BucketUser[];

  constructor(scope: Construct, id: string, props: CredentialReportsProps) {
    super(scope, id);
    const {
      deployment,
      organizationId,
      logRetentionDays = 90,
      reportRoleName = DEFAULT_REPORT_ROLE_NAME,
    } = props;
    const {
      scale = DEFAULT_SCALE,
      roleDeployment = { kind: 'none' },
      collectFrom = 'management-account',
    } = props;

    const bucket = this.reportBucket(deployment, props.bucket);
    this.bucket = bucket;
    this.alerts = new Alerts(this, 'alerts', { deployment, emails: props.alertEmails ?? [] });

    const common = { deployment, bucket, logRetentionDays };
    const collectReports = new CollectReportsFunction(this, 'collect-reports', {
      ...common,
      reportRoleName,
      organizationId,
      batchConcurrency: scale.batchConcurrency,
      reservedConcurrency: props.reservedConcurrency,
    });
    // Not in the order of the flow: request-reports takes the role of collect-reports, and list-accounts invokes it.
    const requestReports = new RequestReportsFunction(this, 'request-reports', {
      deployment,
      collectReports,
      reportRoleName,
      concurrency: scale.batchConcurrency,
    });
    const listAccounts = new ListAccountsFunction(this, 'list-accounts', {
      ...common,
      batchSize: scale.batchSize,
      requestReports,
    });
    const summarizeRun = new SummarizeRunFunction(this, 'summarize-run', common);
    this.collectReports = collectReports;
    this.bucketUsers = [listAccounts, collectReports, summarizeRun];
    if (bucket instanceof ReportBucket) bucket.usedBy(this.bucketUsers);

    this.workflow = new Workflow(this, 'workflow', {
      ...common,
      alerts: this.alerts,
      listAccounts,
      collectReports,
      summarizeRun,
      waiting: props.waiting ?? { seconds: 60, cycles: 45 },
      selection: props.accounts ?? { includeOus: [], excludeOus: [], exclude: [] },
      checks: props.checks ?? checkSettings.parse({}),
      digest: props.digest ?? 'failures',
      scale,
    });
    if (props.athena) new QueryTables(this, 'query-tables', { deployment, bucket });
    const schedule = new Schedule(this, 'schedule', {
      deployment,
      workflow: this.workflow,
      ...(props.schedule ?? { hour: 8, timezone: 'UTC' }),
    });

    const { alerts, workflow } = this;
    const alarms = new Alarms(this, 'alarms', { deployment, alerts, workflow, schedule });
    new Dashboard(this, 'dashboard', { deployment, workflow, alarms });

    const trust = {
      partition: deployment.partition,
      collectorAccountId: deployment.accountId,
      collectorRoleArn: collectReports.roleArn,
      organizationId,
    };
    const byStackSet = roleDeployment.kind === 'stack-set';
    const callAs = collectFrom === 'management-account' ? 'SELF' : 'DELEGATED_ADMIN';
    if (byStackSet) {
      const { targets } = roleDeployment;
      new ReportRoleStackSet(this, 'report-role-stack-set', {
        deployment,
        roleName: reportRoleName,
        trust,
        targets,
        callAs,
      });
    }
    // The StackSet of a delegated administrator reaches this account as well; two roles of one name cannot be.
    if (!(byStackSet && collectFrom === 'delegated-administrator')) {
      new ReportRole(this, 'report-role', { ...trust, roleName: reportRoleName });
    }
  }

  private reportBucket(deployment: Deployment, bucket: CredentialReportsProps['bucket']): ReportBucketReference {
    if (bucket?.kind === 'existing') return { ...bucket, arn: deployment.bucketArn(bucket.name) };
    const { name, owner, encryption = { kind: 's3-managed' }, retentionDays, objectLock } = bucket ?? {};
    const key =
      encryption.kind === 'new-key' ? new ReportKey(this, 'report-key', { deployment, owner }) : undefined;
    const keyArn = encryption.kind === 'existing-key' ? encryption.keyArn : undefined;
    return new ReportBucket(this, 'report-bucket', {
      deployment,
      name,
      owner,
      key,
      keyArn,
      retentionDays,
      objectLock,
    });
  }
}
