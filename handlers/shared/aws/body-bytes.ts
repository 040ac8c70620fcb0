import type { GetObjectCommandOutput } from '@aws-sdk/client-s3';

/**
 * The bytes of an object. They are put in their place while they arrive: the collector of the SDK keeps every chunk until the end, and
 * what that leaves behind, hundreds of pieces between others, took 40 MB more in a large organization.
 */
export async function bodyBytes({
  Body,
  ContentLength = 0,
}: Pick<GetObjectCommandOutput, 'Body' | 'ContentLength'>): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(ContentLength);
  let length = 0;
  // In Node.js, it is a stream.
  for await (const chunk of (Body ?? []) as unknown as AsyncIterable<Uint8Array>) {
    bytes.set(chunk, length);
    length += chunk.length;
  }
  return bytes.subarray(0, length);
}
