import type { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import type { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { assertCheck, assertOptions, exemptionsOf } from './assert-options';
import { type CollectionOptions, optionsOf, unknownOptions, withDefaults } from './collection-options';
import type { Deployment } from './deployment';
import { accountSelection } from './environment/account-selection';
import { checkSettings } from './environment/exemptions-file';
import { exportsAnything } from './environment/exports';
import { ownerSettings } from './environment/owners';
import { CollectReportsFunction } from './functions/collect-reports-function';
import { EventBus } from './exports/event-bus';
import { ExportResultsFunction } from './functions/export-results-function';
import { ListAccountsFunction } from './functions/list-accounts-function';
import { SummarizeRunFunction } from './functions/summarize-run-function';
import { Alarms } from './operations/alarms';
import { Alerts } from './alerts/alerts';
import { Chat } from './alerts/chat';
import { FailedRuns } from './alerts/failed-runs';
import { Dashboard } from './operations/dashboard';
import { allowProviderVersions } from './provider-versions';
import { Queries } from './queries/queries';
import { plainSettings } from './workflow/plain-settings';
import { ReportRole } from './report-role/report-role';
import { ReportRoleStackSet } from './report-role/report-role-stack-set';
import { type Metric, type RunMetricName, findingsMetric, runMetric } from './metric';
import { type Statement, policyJson } from './policy';
import { type BucketUser, type ReportBucketReference, keyStatements } from './storage/bucket-access';
import type { ExistingBucket, NewBucket } from './storage/chosen-bucket';
import { readerStatements } from './storage/readers';
import type { SigningKey } from './storage/signing-key';
import { Storage } from './storage/storage';
import { tagResources } from './tags';
import { Schedule } from './workflow/schedule';
import { Workflow } from './workflow/workflow';

/** Options of {@link CredentialReports}. */
export interface CredentialReportsProps extends Partial<CollectionOptions> {
  readonly deployment: Deployment;
  /** ID of the organization whose reports are collected. Only roles within it are trusted. */
  readonly organizationId: string;
  /**
   * How the report role is deployed to the accounts: by a StackSet to the targets, which are IDs of the root or of
   * organizational units, or not by this construct. IDs of units have to be text: they decide what is collected.
   */
  readonly roleDeployment:
    { readonly kind: 'stack-set'; readonly targets: readonly string[] } | { readonly kind: 'none' };
  /**
   * Provider for the StackSet of the report role, in the `memberRegion` of the deployment.
   * @default - the provider of the stack
   */
  readonly stackSets?: TerraformProvider;
  /** @default - a new bucket in the account that collects, with keys that S3 manages */
  readonly bucket?: NewBucket | ExistingBucket;
}

/** The whole collection, in the order of the flow. */
export class CredentialReports extends Construct {
  readonly deployment: Deployment;
  readonly bucket: ReportBucketReference;
  readonly alerts: Alerts;
  /** The topic for chats, if there is one. */
  readonly chat: Chat | undefined;
  readonly collectReports: CollectReportsFunction;
  readonly workflow: Workflow;
  readonly schedule: Schedule;
  /** Key that signs manifests, if they are signed. */
  readonly signingKey: SigningKey | undefined;
  /** The functions that use the bucket, for the policies of an existing bucket or key. */
  readonly bucketUsers: readonly BucketUser[];
  /** Bus that gets events of every run, if there is one. */
  readonly eventBus: EventBus | undefined;
  readonly queries: Queries;
  /** For the policy of those who read the results, and query them. */
  readonly readerStatements: readonly Statement[];

  constructor(scope: Construct, id: string, props: CredentialReportsProps) {
    super(scope, id);
    allowProviderVersions(this);
    const { deployment, organizationId, roleDeployment } = props;
    const { reportRoleName, collectFrom, logRetentionDays, operationsKeyArn, scale, ...options } =
      withDefaults(props);
    assertOptions(this, optionsOf(props), unknownOptions(props));

    const exemptions = exemptionsOf(this, options);
    const owners = ownerSettings(options.owners);
    const settings = plainSettings({
      selection: accountSelection({ ...options, collectFrom, roleDeployment }),
      waiting: options.waiting,
      checks: checkSettings(options.checks, exemptions),
      digest: options.digest,
      ...(owners && { owners }),
      serviceCredentials: options.serviceCredentials,
    });
    this.deployment = deployment;
    const { signing, allowDestroy, serviceCredentials } = options;
    const storage = new Storage(this, 'storage', { deployment, bucket: props.bucket, signing, allowDestroy });
    const { bucket, signingKey } = storage;
    this.bucket = bucket;
    this.signingKey = signingKey;
    this.alerts = new Alerts(this, 'alerts', { deployment, emails: options.alertEmails });
    this.chat = options.chat ? new Chat(this, 'chat', { deployment, alerts: this.alerts }) : undefined;

    const common = { deployment, bucket, logRetentionDays, operationsKeyArn };
    // Not in the order of the flow: list-accounts invokes it.
    const collectReports = new CollectReportsFunction(this, 'collect-reports', {
      ...common,
      reportRoleName,
      organizationId,
      serviceCredentials,
      batchConcurrency: scale.batchConcurrency,
      reservedConcurrency: options.reservedConcurrency,
    });
    const listAccounts = new ListAccountsFunction(this, 'list-accounts', {
      ...common,
      batchSize: scale.batchSize,
      settings,
      exemptions: exemptions?.bytes,
      organizationId,
      isDelegated: collectFrom === 'delegated-administrator',
      collectReports,
    });
    const summarizeRun = new SummarizeRunFunction(this, 'summarize-run', {
      ...common,
      organizationId,
      serviceCredentials,
      signingKey,
    });
    const { events, ocsf } = options.exports;
    const eventBus =
      events === 'none' ? undefined : new EventBus(this, 'event-bus', { deployment, bus: events });
    const exportResults = exportsAnything(options.exports)
      ? new ExportResultsFunction(this, 'export-results', { ...common, eventBus, ocsf })
      : undefined;
    this.collectReports = collectReports;
    this.eventBus = eventBus;
    this.bucketUsers = [
      listAccounts,
      collectReports,
      summarizeRun,
      ...(exportResults ? [exportResults] : []),
    ];
    storage.grantTo(this.bucketUsers, options.readers);

    const { owner, accessLogging } = props.bucket?.kind === 'new' ? props.bucket : {};
    this.queries = new Queries(this, 'queries', {
      deployment,
      bucket,
      owner,
      accessLogging,
      athena: options.athena,
      serviceCredentials,
    });
    const ofReaders = readerStatements(bucket, deployment);
    this.readerStatements = [
      ...ofReaders,
      ...keyStatements(ofReaders, bucket, deployment),
      ...this.queries.statements,
    ];

    this.workflow = new Workflow(this, 'workflow', {
      ...common,
      alerts: this.alerts,
      chat: this.chat,
      listAccounts,
      collectReports,
      summarizeRun,
      exportResults,
      settings,
      scale,
    });
    const { alerts, workflow } = this;
    new FailedRuns(this, 'failed-runs', { deployment, alerts });
    const schedule = new Schedule(this, 'schedule', {
      deployment,
      workflow,
      operationsKeyArn,
      ...options.schedule,
    });
    this.schedule = schedule;
    const alarms = new Alarms(this, 'alarms', { deployment, alerts, workflow, schedule });
    new Dashboard(this, 'dashboard', { deployment, workflow, alarms });

    const trust = {
      partition: deployment.partition,
      collectorAccountId: deployment.accountId,
      collectorRoleArn: collectReports.roleArn,
      organizationId,
    };
    const byStackSet = roleDeployment.kind === 'stack-set';
    if (byStackSet) {
      new ReportRoleStackSet(this, 'report-role-stack-set', {
        deployment,
        roleName: reportRoleName,
        tags: options.tags,
        trust,
        serviceCredentials,
        targets: roleDeployment.targets,
        callAs: collectFrom === 'management-account' ? 'SELF' : 'DELEGATED_ADMIN',
        provider: props.stackSets,
        allowDestroy,
      });
    }
    // The StackSet of a delegated administrator reaches this account as well, and two roles cannot share a name.
    if (!(byStackSet && collectFrom === 'delegated-administrator')) {
      new ReportRole(this, 'report-role', {
        ...trust,
        ...deployment.roleSettings,
        roleName: reportRoleName,
        serviceCredentials,
      });
    }
    tagResources(this, options.tags);
  }

  /** A metric of the runs, such as of the accounts that failed. */
  metric(name: RunMetricName): Metric {
    return runMetric(this.deployment.environment, name);
  }

  /**
   * The number of findings of a check in a run.
   * @param check - ID of the check, such as `root-mfa`
   * @throws `InvalidOptions` if there is no such check: an alarm on it could never go off
   */
  metricFindings(check: string): Metric {
    assertCheck(this, check);
    return findingsMetric(this.deployment.environment, check);
  }

  /**
   * Lets a role of this account read the results, and query them if there are tables. Roles of other accounts are `readers`.
   * @returns the policy that the role gets
   */
  grantRead(role: IamRole): IamRolePolicy {
    const name = `read-${this.deployment.name}`;
    return new IamRolePolicy(role, name, {
      name,
      role: role.name,
      policy: policyJson(...this.readerStatements),
    });
  }
}
