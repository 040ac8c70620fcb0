/**
 * Names of the errors that would occur again on a retry: a wrong deployment, or files that contradict each other. The
 * state machine never retries them.
 */
export const permanentErrors = ['InvalidInput', 'InvalidSettings', 'InconsistentTotals'] as const;
export type PermanentError = (typeof permanentErrors)[number];
