import { anyText, bucketSettings, text } from '../shared/settings';

/** Environment variables of `export-results`. */
export const exportResultsSettings = {
  ...bucketSettings,
  /** Name of the environment, as people read it. */
  environment: text('ENVIRONMENT'),
  partition: text('PARTITION'),
  /** ARN of the event bus; empty if no events are sent. */
  eventBus: anyText('EVENT_BUS'),
  /** `true` if findings are written in the format of OCSF; otherwise empty. */
  ocsf: anyText('OCSF'),
};
