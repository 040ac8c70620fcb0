/** Bytes of the first buffer. */
const FIRST_BYTES = 64 * 1024;

/** UTF-8 that is written piece by piece, into a buffer that grows in place: neither the whole text nor a copy of the bytes exists. */
export class GrowingBytes {
  private readonly encoder = new TextEncoder();
  private buffer = new Uint8Array(FIRST_BYTES);
  private length = 0;

  write(text: string): void {
    for (let rest = text; rest !== '';) {
      const { read, written } = this.encoder.encodeInto(rest, this.buffer.subarray(this.length));
      this.length += written;
      rest = rest.slice(read);
      if (rest !== '') this.buffer = new Uint8Array(this.buffer.buffer.transfer(this.buffer.length * 2));
    }
  }

  /** What was written so far; of no use after the next {@link write}. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.buffer.subarray(0, this.length);
  }
}
