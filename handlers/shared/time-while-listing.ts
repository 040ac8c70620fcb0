/**
 * Longest time that `collect-reports` takes for a batch while other accounts are listed, ms: `list-accounts` waits for it.
 * Requesting the reports of a batch takes some seconds, and polling for them 11.
 */
export const TIME_WHILE_LISTING = 30_000;
