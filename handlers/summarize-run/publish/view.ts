/** The file that marks a run as finished: it names what was told, with hashes. */
import * as z from 'zod/mini';
import { Sha256, count } from '../../shared/fields';

const Described = z.object({ key: z.string(), bytes: count(), sha256: Sha256 });

export const RunView = z.object({
  version: z.literal(1),
  manifest: z.object({ key: z.string(), sha256: Sha256 }),
  /** The page of the run. */
  page: Described,
  /** The page that the run gives its day, as long as no later run of the day replaces it. */
  dayPage: Described,
});
export type RunView = z.infer<typeof RunView>;
