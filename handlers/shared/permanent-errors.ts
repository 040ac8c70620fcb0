/**
 * Names of the errors that stay when a function runs again: a wrong deployment, or files that contradict each other. The
 * state machine never retries them.
 */
export const permanentErrors = ['InvalidInput', 'InvalidSettings', 'InconsistentTotals'] as const;
export type PermanentError = (typeof permanentErrors)[number];
