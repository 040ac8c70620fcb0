/** How the events of runs are named in EventBridge. */

/** Source of all events. Sources of AWS begin with `aws.`. */
export const EVENT_SOURCE = 'iam-credential-reports';

/** The detail types. */
export const eventTypes = ['RunSummarized', 'AccountFindingsChanged'] as const;
export type EventType = (typeof eventTypes)[number];
