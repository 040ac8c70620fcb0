import type { RowCheck } from './check';
import { unusedCheck } from './unused';

/** For frameworks that allow 90 days. */
export const unused90Days: RowCheck = unusedCheck({
  id: 'unused-90-days',
  always: false,
  threshold: { name: 'longUnusedDays', benchmark: 90 },
});
