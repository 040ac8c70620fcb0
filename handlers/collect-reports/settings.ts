import { bucketSettings, positiveInteger, reportRoleSettings } from '../shared/settings';

/** Environment variables of `collect-reports`. */
export const collectReportsSettings = {
  ...bucketSettings,
  ...reportRoleSettings,
  /** Accounts of a batch processed at the same time. */
  concurrency: positiveInteger('CONCURRENCY'),
};
