import { text, wholeNumber } from '../shared/settings';

/**
 * How often ListAccounts may be called. AWS allows 8 calls a second and 12 at once; 10 at once leave some for other
 * callers (https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html).
 */
export const LIST_ACCOUNTS_QUOTA = { perSecond: 8, burst: 10 };

/** Environment variables of `list-accounts`. */
export const listAccountsSettings = {
  reportBucket: text('REPORT_BUCKET'),
  batchSize: wholeNumber('BATCH_SIZE', 1, 500),
  /** Pages of accounts requested per second. */
  pagesPerSecond: wholeNumber('PAGES_PER_SECOND', 1, 1_000),
  /** Name of the function `request-reports`. */
  requestReportsFunction: text('REQUEST_REPORTS_FUNCTION'),
};
