import { Readable } from 'node:stream';
import { sdkStreamMixin } from '@smithy/core/serde';
import { bodyBytes } from '../../../../handlers/shared/aws/body-bytes';

const bodyOf = (...chunks: string[]) =>
  sdkStreamMixin(Readable.from(chunks.map((chunk) => Buffer.from(chunk))));

describe('The bytes of an object', () => {
  it('are its chunks in their order', async () => {
    const bytes = await bodyBytes({ Body: bodyOf('one ', 'two ', 'three'), ContentLength: 13 });
    expect(Buffer.from(bytes).toString()).toBe('one two three');
  });

  it('are none of an object without a body', async () => {
    expect(await bodyBytes({})).toHaveLength(0);
  });

  it.each([undefined, 0, 4])('are all there if S3 announces %s bytes', async (ContentLength) => {
    const long = 'x'.repeat(200_000);
    const bytes = await bodyBytes({ Body: bodyOf('1', long, '2'), ContentLength });
    expect(Buffer.from(bytes).toString()).toBe(`1${long}2`);
  });
});
