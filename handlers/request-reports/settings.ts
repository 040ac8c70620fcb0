import { positiveInteger, text } from '../shared/settings';

/** Environment variables of `request-reports`. */
export const requestReportsSettings = {
  partition: text('PARTITION'),
  reportRoleName: text('REPORT_ROLE_NAME'),
  /** Accounts processed at the same time. */
  concurrency: positiveInteger('CONCURRENCY'),
};
