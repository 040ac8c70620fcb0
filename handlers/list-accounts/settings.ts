import { bucketSettings, positiveInteger, text } from '../shared/settings';

/**
 * How often ListAccounts may be called. AWS allows 8 calls a second and 12 at once; 10 at once leave some for other
 * callers (https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html).
 */
export const LIST_ACCOUNTS_QUOTA = { perSecond: 8, burst: 10 };

/** Other callers share the quota of ListAccounts: a page may be throttled many times before it is returned. */
export const LIST_ACCOUNTS_ATTEMPTS = 10;

/** Name of the exemptions file beside the code of the function. */
export const EXEMPTIONS_FILE = 'exemptions.json';

/** Environment variables of `list-accounts`. */
export const listAccountsSettings = {
  ...bucketSettings,
  /** Name of the environment, as people read it. */
  environment: text('ENVIRONMENT'),
  /** ARN of the state machine whose executions are accepted. */
  stateMachine: text('STATE_MACHINE'),
  /** Hash of the settings that are accepted: see `settings-hash.ts`. */
  settingsHash: text('SETTINGS_HASH'),
  batchSize: positiveInteger('BATCH_SIZE'),
  /** Pages of accounts requested per second. */
  pagesPerSecond: positiveInteger('PAGES_PER_SECOND'),
  /** Name of the function `collect-reports`. */
  collectReportsFunction: text('COLLECT_REPORTS_FUNCTION'),
};
