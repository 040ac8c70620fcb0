import * as z from 'zod/mini';
import { Sha256, count } from '../../handlers/shared/fields';

const File = z.object({ key: z.string(), bytes: count(), sha256: Sha256 });

/** Marks a run as finished: names its manifest, its page, and the page of its day. */
export const View = z.object({
  version: z.literal(1),
  manifest: z.object({ key: z.string(), sha256: Sha256 }),
  page: File,
  dayPage: File,
});
export type View = z.infer<typeof View>;

/** The view that an object contains; nothing if it contains something else. */
export function parseView(content: Uint8Array): View | undefined {
  try {
    return View.safeParse(JSON.parse(Buffer.from(content).toString())).data;
  } catch {
    return undefined;
  }
}
