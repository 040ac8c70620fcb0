/** The parts that another CDKTF app can put into a stack of its own. */
export { Alarms, type AlarmsProps } from './alarms';
export { Alerts, type AlertsProps } from './alerts';
export { CredentialReportStack } from './credential-report-stack';
export {
  CredentialReports,
  type CredentialReportsProps,
  type ExistingBucket,
  type NewBucket,
} from './credential-reports';
export { Dashboard, type DashboardProps } from './dashboard';
export { DeadLetters, type DeadLettersProps } from './dead-letters';
export { Deployment } from './deployment';
export type { OtherAccount } from './other-account';
export { ReportBucket, type ReportBucketProps } from './report-bucket';
export type { ObjectLock, RetentionOptions } from './report-bucket-retention';
export { ReportKey, type ReportKeyProps } from './report-key';
export { ReportRole, type ReportRoleProps } from './report-role';
export { ReportRoleStackSet, type ReportRoleStackSetProps } from './report-role-stack-set';
export { Schedule, type ScheduleProps } from './schedule';
export { Workflow, type WorkflowProps } from './workflow';
