import { positiveInteger, reportRoleSettings } from '../shared/settings';

/** Environment variables of `request-reports`. */
export const requestReportsSettings = {
  ...reportRoleSettings,
  /** Accounts processed at the same time. */
  concurrency: positiveInteger('CONCURRENCY'),
};
