import type { Files } from './files-of';

/** One line for each file that is not the same in both; empty if all are. */
export function differences(first: Files, second: Files): string[] {
  const names = [...new Set([...Object.keys(first), ...Object.keys(second)])].sort();
  return names.flatMap((name) => {
    const [one, other] = [first[name], second[name]];
    if (one === undefined) return [`${name}: only in the second clone`];
    if (other === undefined) return [`${name}: only in the first clone`];
    if (Buffer.compare(one, other) === 0) return [];
    return [
      `${name}: ${one.length} and ${other.length} bytes, different from byte ${firstDifference(one, other)}`,
    ];
  });
}

function firstDifference(one: Uint8Array, other: Uint8Array): number {
  const place = one.findIndex((byte, index) => byte !== other[index]);
  return place === -1 ? one.length : place;
}
