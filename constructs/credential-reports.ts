import { Construct } from 'constructs';
import type { AccountSelection, CheckSettings, DigestOccasion, Waiting } from '../handlers/contract';
import { Alerts } from './alerts';
import { CollectReportsFunction } from './collect-reports-function';
import type { Deployment } from './deployment';
import { ListAccountsFunction } from './list-accounts-function';
import { QueryTables } from './query-tables';
import { ReportBucket } from './report-bucket';
import { ReportRole } from './report-role';
import { ReportRoleStackSet } from './report-role-stack-set';
import { Schedule } from './schedule';
import { SummariseRunFunction } from './summarise-run-function';
import { Workflow } from './workflow';

export interface CredentialReportsProps {
  readonly deployment: Deployment;
  /** Id of the organization whose accounts are collected. */
  readonly organizationId: string;
  /**
   * Name of the report bucket.
   * @default - the deployment's name and its account
   */
  readonly bucketName?: string | undefined;
  /** Who is told when accounts failed or a run broke. */
  readonly alertEmails: readonly string[];
  /** Name of the role in every account. */
  readonly reportRoleName: string;
  /** Root id or ids of organizational units that get the report role; empty if it is rolled out otherwise. */
  readonly stackSetTargets: readonly string[];
  readonly logRetentionDays: number;
  readonly schedule: { readonly hour: number; readonly timezone: string };
  readonly waiting: Waiting;
  readonly accounts: AccountSelection;
  /** Thresholds of the checks, and exemptions from them. */
  readonly checks: CheckSettings;
  /** When a mail is sent. */
  readonly digest: DigestOccasion;
  /** Makes the reports and tables queryable with Amazon Athena. */
  readonly athena: boolean;
}

/** The whole collection, in the order of its flow. */
export class CredentialReports extends Construct {
  readonly bucket: ReportBucket;
  readonly alerts: Alerts;
  readonly collectReports: CollectReportsFunction;
  readonly workflow: Workflow;

  constructor(scope: Construct, id: string, props: CredentialReportsProps) {
    super(scope, id);
    const { deployment, organizationId, reportRoleName, logRetentionDays } = props;

    const bucket = new ReportBucket(this, 'report-bucket', { deployment, name: props.bucketName });
    const alerts = new Alerts(this, 'alerts', { deployment, emails: props.alertEmails });

    const common = { deployment, bucket, logRetentionDays };
    const listAccounts = new ListAccountsFunction(this, 'list-accounts', common);
    const collectReports = new CollectReportsFunction(this, 'collect-reports', {
      ...common,
      reportRoleName,
      organizationId,
    });
    const summariseRun = new SummariseRunFunction(this, 'summarise-run', common);

    const workflow = new Workflow(this, 'workflow', {
      ...common,
      alerts,
      listAccounts,
      collectReports,
      summariseRun,
      waiting: props.waiting,
      selection: props.accounts,
      checks: props.checks,
      digest: props.digest,
    });
    if (props.athena) new QueryTables(this, 'query-tables', { deployment, bucket });
    new Schedule(this, 'schedule', { deployment, workflow, ...props.schedule });

    const trust = {
      partition: deployment.partition,
      collectorAccountId: deployment.accountId,
      collectorRoleArn: collectReports.roleArn,
      organizationId,
    };
    // A service-managed StackSet never deploys to the management account.
    new ReportRole(this, 'report-role', { ...trust, roleName: reportRoleName });
    if (props.stackSetTargets.length > 0) {
      new ReportRoleStackSet(this, 'report-role-stack-set', {
        deployment,
        trust,
        roleName: reportRoleName,
        targets: props.stackSetTargets,
      });
    }
    this.bucket = bucket;
    this.alerts = alerts;
    this.collectReports = collectReports;
    this.workflow = workflow;
  }
}
