import type { ReportBucket } from '../../shared/aws/report-bucket';
import { keys } from '../../shared/bucket-layout';
import type { RunSummary } from '../../shared/events';
import type { RecordedManifest } from '../history/manifest-chain';
import { chatMessage, notification } from '../output/chat-message';
import { type RunOutputs, withManifest } from '../outputs-file';

/**
 * The digest and the message for chats, with the place and the hash of the manifest.
 * @param unsigned - what could not be signed
 */
export function messagesOf(
  bucket: ReportBucket,
  { digest, chat }: RunOutputs,
  recorded: RecordedManifest,
  unsigned: string | undefined,
): NonNullable<RunSummary['digest']> {
  const { key, manifest } = recorded;
  const message = withManifest(digest.message, recorded, { place: bucket.url(key) });
  const page = { url: bucket.url(keys.day(manifest.date, 'index.html')), console: undefined };
  // The files of earlier versions have no message for chats.
  const shortened = () => chatMessage(manifest, digest.subject, [], { page, changes: page });
  return {
    ...digest,
    message: unsigned === undefined ? message : `${unsigned}\n\n${message}`,
    chat: notification(chat ?? shortened(), unsigned),
  };
}
