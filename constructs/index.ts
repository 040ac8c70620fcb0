/** The constructs that another CDKTF app can use in its own stacks. */
export { Alarms, type AlarmsProps } from './operations/alarms';
export { InvalidOptions } from './assert-options';
export { Alerts, type AlertsProps } from './alerts/alerts';
export { CredentialReportStack } from './credential-report-stack';
export { CredentialReports, type CredentialReportsProps } from './credential-reports';
export { Dashboard, type DashboardProps } from './operations/dashboard';
export { DeadLetters, type DeadLettersProps } from './workflow/dead-letters';
export { Deployment } from './deployment';
export type { OtherAccount } from './other-account';
export type { ExistingBucket, NewBucket } from './storage/chosen-bucket';
export { ReportBucket, type ReportBucketProps } from './storage/report-bucket';
export type { ObjectLock, RetentionOptions } from './storage/report-bucket-retention';
export { ReportKey, type ReportKeyProps } from './storage/report-key';
export { ReportRole, type ReportRoleProps } from './report-role/report-role';
export { ReportRoleStackSet, type ReportRoleStackSetProps } from './report-role/report-role-stack-set';
export { Schedule, type ScheduleProps } from './workflow/schedule';
export { SigningKey, type SigningKeyProps } from './storage/signing-key';
export { Workflow, type WorkflowProps } from './workflow/workflow';
