import { bucketSettings, positiveInteger, text } from '../shared/settings';

/** Environment variables of `collect-reports`. */
export const collectReportsSettings = {
  ...bucketSettings,
  partition: text('PARTITION'),
  reportRoleName: text('REPORT_ROLE_NAME'),
  /** Accounts of a batch processed at the same time. */
  concurrency: positiveInteger('CONCURRENCY'),
};
