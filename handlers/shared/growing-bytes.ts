/** Bytes of the first buffer, by default. */
const FIRST_BYTES = 64 * 1024;

/** Bytes that are written piece by piece, into a buffer that grows: none of the pieces is kept. */
export class GrowingBytes {
  private readonly encoder = new TextEncoder();
  private buffer: Uint8Array<ArrayBuffer>;
  private length = 0;

  /** @param expected - how many bytes will be written, if that is known: then the buffer need not grow */
  constructor(expected = FIRST_BYTES) {
    this.buffer = new Uint8Array(expected);
  }

  /** Writes a text in UTF-8. */
  write(text: string): void {
    for (let rest = text; rest !== '';) {
      const { read, written } = this.encoder.encodeInto(rest, this.buffer.subarray(this.length));
      this.length += written;
      rest = rest.slice(read);
      if (rest !== '') this.grow(FIRST_BYTES);
    }
  }

  append(bytes: Uint8Array): void {
    if (this.length + bytes.length > this.buffer.length) this.grow(bytes.length);
    this.buffer.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** What was written so far; of no use after more is written. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.buffer.subarray(0, this.length);
  }

  /** @param least - bytes for which there has to be room */
  private grow(least: number): void {
    const { buffer, length } = this.buffer;
    this.buffer = new Uint8Array(buffer.transfer(Math.max(length * 2, length + least)));
  }
}
