/**
 * Longest time that `collect-reports` takes for a batch while other accounts are listed, ms: `list-accounts` waits for it.
 * Requesting 500 reports takes some seconds, and looking for them 15.
 */
export const TIME_WHILE_LISTING = 30_000;
