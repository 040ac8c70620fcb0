/** Fields that occur in both events and files. */
import * as z from 'zod/mini';
import { RUN } from './bucket-layout';

export const AccountId = z.string().check(z.regex(/^\d{12}$/, 'is not a 12-digit account ID'));

export const CalendarDate = z
  .string()
  .check(z.regex(/^\d{4}-\d{2}-\d{2}$/, 'is not a date of the form YYYY-MM-DD'));

/** Which run something belongs to: see `runOf` in `bucket-layout.ts`. */
export const RunName = z.string().check(z.regex(RUN, 'is not a run of the form DATE/EXECUTION'));

/** SHA-256 in hexadecimal digits. */
export const Sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/, 'is not a SHA-256 hash'));

export const count = () => z.int().check(z.nonnegative());
