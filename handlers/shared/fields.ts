/** Fields that occur in both events and files. */
import * as z from 'zod/mini';
import { RUN_PREFIX } from './bucket-layout';

export const AccountId = z.string().check(z.regex(/^\d{12}$/, 'is not a 12-digit account ID'));

export const CalendarDate = z
  .string()
  .check(z.regex(/^\d{4}-\d{2}-\d{2}$/, 'is not a date of the form YYYY-MM-DD'));

/** Where the files of a run are: see `runPrefixOf` in `bucket-layout.ts`. */
export const RunPrefix = z
  .string()
  .check(z.regex(RUN_PREFIX, 'is not a run prefix of the form runs/DATE/EXECUTION'));

export const count = () => z.int().check(z.nonnegative());
