import type { GetObjectCommandOutput } from '@aws-sdk/client-s3';
import { GrowingBytes } from '../growing-bytes';

/**
 * The bytes of an object. They are put in their place while they arrive: the collector of the SDK keeps every chunk until the end, and
 * what that leaves behind, hundreds of pieces between others, took 40 MB more in a large organization.
 */
export async function bodyBytes({
  Body,
  ContentLength,
}: Pick<GetObjectCommandOutput, 'Body' | 'ContentLength'>): Promise<Uint8Array<ArrayBuffer>> {
  const all = new GrowingBytes(ContentLength);
  // In Node.js, it is a stream.
  for await (const chunk of (Body ?? []) as unknown as AsyncIterable<Uint8Array>) all.append(chunk);
  return all.bytes;
}
