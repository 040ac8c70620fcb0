/**
 * Frees the memory of bytes that nobody needs any more now: the garbage collector, which knows little of their size, would do it late.
 * They are empty after that.
 */
export function free({ buffer }: Uint8Array<ArrayBuffer>): void {
  buffer.transfer(0);
}
