/**
 * A synthesized stack as a reviewer reads it: the infrastructure, without what changes with each edit of a handler or
 * from one machine to another.
 */

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** The code of a function is reviewed as code; its hash says nothing about infrastructure. */
const HASH = '(hash of the zip)';
/** The path of local state is that of the machine that synthesizes. */
const STATE = '(beside cdktf.json)';

/** @param stack - text of a `cdk.tf.json` */
export function normalize(stack: string): string {
  return `${JSON.stringify(simplify(JSON.parse(stack) as Json), null, 2)}\n`;
}

function simplify(value: Json, key = ''): Json {
  if (Array.isArray(value)) return value.map((item) => simplify(item));
  if (typeof value === 'object' && value !== null) return withoutNoise(value, key);
  return typeof value === 'string' ? parseDocument(value) : value;
}

function withoutNoise(value: Record<string, Json>, parent: string): Json {
  return Object.fromEntries(
    Object.entries(value)
      // CDKTF's metadata: its version, and the path of the construct, which the name of the resource repeats.
      .filter(([key]) => key !== '//')
      .map(([key, inner]) => {
        if (key === 'source_code_hash') return [key, HASH];
        if (key === 'path' && parent === 'local') return [key, STATE];
        if (key === 'filename' && typeof inner === 'string') return [key, withoutAssetHash(inner)];
        return [key, simplify(inner, key)];
      }),
  );
}

/** Assets are in `assets/CONSTRUCT/HASH/FILE`. */
function withoutAssetHash(path: string): string {
  return path.replace(/^assets\/.*\//, '');
}

/** Policies, the state machine, and templates are JSON in a string; they are shown line by line. */
function parseDocument(text: string): Json {
  if (!/^[[{]/.test(text)) return text;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
