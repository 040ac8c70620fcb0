import { GrowingBytes } from './growing-bytes';

/**
 * What `JSON.stringify` gives for an object of plain values, as bytes. The items of its lists are written one at a time: the text of
 * 50,000 accounts never exists, which takes 25 MB, and twice as many with a name that is not in Latin letters.
 */
export function jsonBytes(object: object): Uint8Array<ArrayBuffer> {
  const bytes = new GrowingBytes();
  bytes.write('{');
  let separator = '';
  for (const [name, value] of Object.entries(object) as [string, unknown][]) {
    if (value === undefined) continue;
    bytes.write(`${separator}${JSON.stringify(name)}:`);
    if (Array.isArray(value)) writeList(bytes, value);
    else bytes.write(JSON.stringify(value));
    separator = ',';
  }
  bytes.write('}');
  return bytes.bytes;
}

function writeList(bytes: GrowingBytes, items: readonly unknown[]): void {
  bytes.write('[');
  for (const [index, item] of items.entries())
    bytes.write((index > 0 ? ',' : '') + JSON.stringify(item ?? null));
  bytes.write(']');
}
