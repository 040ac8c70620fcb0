import type { GetObjectCommandOutput } from '@aws-sdk/client-s3';
import { GrowingBytes } from '../growing-bytes';

/**
 * The bytes of an object. They are put in their place while they arrive: the collector of the SDK keeps every chunk until the end, and
 * in a large organization leaves hundreds of freed pieces between others, which nothing larger fits into.
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
