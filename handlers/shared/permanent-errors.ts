/**
 * Names of the errors that would occur again on a retry: a wrong deployment, or files that contradict each other. `EventsRefused`: the
 * function has tried long enough, and a retry would also send again what was accepted. The state machine never retries them.
 */
export const permanentErrors = [
  'InvalidInput',
  'InvalidSettings',
  'InconsistentTotals',
  'EventsRefused',
] as const;
export type PermanentError = (typeof permanentErrors)[number];
