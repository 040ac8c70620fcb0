import type { RowCheck } from './check';
import { unusedCheck } from './unused';

export const unused45Days: RowCheck = unusedCheck({
  id: 'unused-45-days',
  always: true,
  threshold: { name: 'unusedDays', benchmark: 45 },
});
