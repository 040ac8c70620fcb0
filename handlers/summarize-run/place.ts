import type { Place } from '../core/build-manifest';
import { PRODUCT_VERSION } from '../shared/product-version';
import type { SettingValues } from '../shared/settings';
import type { summarizeRunSettings } from './settings';

/** Where the runs of a deployment take place, as its settings say. */
export const placeOf = ({
  environment,
  organizationId,
  accountId,
  region,
  retentionDays,
}: SettingValues<typeof summarizeRunSettings>): Place => ({
  environment,
  organizationId,
  accountId,
  region,
  productVersion: PRODUCT_VERSION,
  retentionDays: retentionDays === '' ? null : retentionDays,
});
