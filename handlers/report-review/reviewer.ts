import { ruleSetOf } from '../core/rule-set';
import type { ReviewSettings } from '../shared/run-files';
import { PRODUCT_VERSION } from '../shared/product-version';
import { hashOfValue } from '../shared/settings-hash';
import type { Reviewer } from './report-review';

/**
 * How a run reviews its reports.
 * @param partition - `aws`, `aws-cn` or `aws-us-gov`
 */
export function reviewerOf(settings: ReviewSettings, partition: string): Reviewer {
  const { checks, startedAt } = settings;
  return {
    ruleSet: ruleSetOf(checks, partition, settings),
    startedAt: Date.parse(startedAt),
    basis: hashOfValue([PRODUCT_VERSION, partition, settings]),
  };
}
