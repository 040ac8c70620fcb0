/**
 * What a run tells people, written before its manifest and told after it: the manifest names the hash of this file, and
 * page and digest name the hash of the manifest. A run that is interrupted between the two tells the same when it is
 * repeated.
 */
import * as z from 'zod/mini';
import type { RecordedManifest } from './history/manifest-chain';
import { ChatMessage } from './output/chat-message';

export const RunOutputs = z.object({
  version: z.literal(1),
  /** The page, with {@link PLACEHOLDERS}. */
  page: z.string(),
  /** The digest, with {@link PLACEHOLDERS}. */
  digest: z.object({ subject: z.string(), message: z.string() }),
  /** The same for a chat; absent in runs of earlier versions. */
  chat: z.optional(ChatMessage),
  /** Whether the digest is due. */
  publish: z.boolean(),
});
export type RunOutputs = z.infer<typeof RunOutputs>;

/**
 * Stand for what is known when the manifest is written. None of them can come from outside: names and details have
 * no control characters when they reach the page and the digest.
 */
export const PLACEHOLDERS = {
  manifestLink: '\u0001manifest link\u0001',
  manifestPlace: '\u0001manifest place\u0001',
  manifestHash: '\u0001manifest hash\u0001',
};

/**
 * Puts the manifest into the page or the digest.
 * @param folder - key of the folder of the page, from which its link leads to the manifest
 */
export function withManifest(
  text: string,
  { key, sha256 }: Pick<RecordedManifest, 'key' | 'sha256'>,
  { place = '', folder = '' }: { place?: string; folder?: string },
): string {
  const up = '../'.repeat(folder.split('/').length - 1);
  return text
    .replaceAll(PLACEHOLDERS.manifestLink, () => `${up}${key}`)
    .replaceAll(PLACEHOLDERS.manifestPlace, () => place)
    .replaceAll(PLACEHOLDERS.manifestHash, () => sha256);
}
