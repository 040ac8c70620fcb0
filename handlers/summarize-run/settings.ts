import { text } from '../shared/settings';

/** Environment variables of `summarize-run`. */
export const summarizeRunSettings = {
  reportBucket: text('REPORT_BUCKET'),
  /** Name of the environment, as people read it. */
  environment: text('ENVIRONMENT'),
  partition: text('PARTITION'),
};
