/** What other apps use: the whole collection as a stack or as a construct, and its parts. */
export { InvalidOptions } from './assert-options';
export { InvalidEnvironments, readEnvironments } from './environment/environment-files';
export { type Environment, type Scale, defaultOptions } from './environment/environment';
export type { CollectionOptions } from './collection-options';
export { Deployment } from './deployment';
export type { OtherAccount } from './other-account';
export type { PolicyDocument, Statement } from './policy';
export { PROVIDER_VERSIONS, allowProviderVersions } from './provider-versions';
export { tagResources } from './tags';

export { CredentialReportStack } from './credential-report-stack';
export { CredentialReports, type CredentialReportsProps } from './credential-reports';

export {
  CollectReportsFunction,
  type CollectReportsFunctionProps,
} from './functions/collect-reports-function';
export { ExportResultsFunction, type ExportResultsFunctionProps } from './functions/export-results-function';
export { HandlerFunction, type HandlerFunctionProps } from './functions/handler-function';
export { ListAccountsFunction, type ListAccountsFunctionProps } from './functions/list-accounts-function';
export { SummarizeRunFunction, type SummarizeRunFunctionProps } from './functions/summarize-run-function';

export { DeadLetters, type DeadLettersProps } from './workflow/dead-letters';
export { Schedule, type ScheduleProps } from './workflow/schedule';
export { Workflow, type WorkflowProps } from './workflow/workflow';

export type { RunSettings } from '../handlers/shared/events';
export { type BucketAcl, writeSettings } from '../handlers/shared/settings';
export type { HandlerName } from './functions/handler-names';
export type { AccessLogging } from './storage/access-logging';
export type { BucketUser, ReportBucketReference } from './storage/bucket-access';
export type { Grantee } from './storage/cross-account';
export type { ExistingBucket, NewBucket } from './storage/chosen-bucket';
export { ReportBucket, type ReportBucketProps } from './storage/report-bucket';
export type { ObjectLock, RetentionOptions } from './storage/report-bucket-retention';
export { ReportKey, type ReportKeyProps } from './storage/report-key';
export { SigningKey, type SigningKeyProps } from './storage/signing-key';
export { Storage, type StorageProps } from './storage/storage';

export { Alerts, type AlertsProps } from './alerts/alerts';
export { Chat, type ChatProps } from './alerts/chat';
export { FailedRuns, type FailedRunsProps } from './alerts/failed-runs';
export { EventBus, type EventBusProps } from './exports/event-bus';
export { Alarms, type AlarmsProps } from './operations/alarms';
export { Dashboard, type DashboardProps } from './operations/dashboard';
export type { MetricName } from '../handlers/shared/metric-names';
export {
  type FunctionMetricName,
  Metric,
  type MetricAlarmConfig,
  type MetricConfig,
  type MetricReading,
  type RunMetricName,
  type WorkflowMetricName,
} from './metric';
export { Queries, type QueriesProps } from './queries/queries';

export { ReportRole, type ReportRoleProps } from './report-role/report-role';
export { ReportRoleModule } from './report-role/report-role-module';
export type { ReportRoleTrust } from './report-role/report-role-policy';
export { ReportRoleStackSet, type ReportRoleStackSetProps } from './report-role/report-role-stack-set';
