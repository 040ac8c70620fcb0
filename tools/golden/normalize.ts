/**
 * What a reviewer reads of a synthesized stack: the infrastructure, and nothing that changes with each edit of a
 * handler or from one machine to another.
 */

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** The code of a function is reviewed as code: that it changed says nothing about infrastructure. */
const HASH = '(hash of the zip)';
/** The local backend keeps the state in the folder of whoever synthesizes. */
const STATE = '(beside cdktf.json)';

/** @param stack - text of a `cdk.tf.json` */
export function normalized(stack: string): string {
  return `${JSON.stringify(readable(JSON.parse(stack) as Json), null, 2)}\n`;
}

function readable(value: Json, key = ''): Json {
  if (Array.isArray(value)) return value.map((item) => readable(item));
  if (typeof value === 'object' && value !== null) return withoutNoise(value, key);
  return typeof value === 'string' ? document(value) : value;
}

function withoutNoise(value: Record<string, Json>, parent: string): Json {
  return Object.fromEntries(
    Object.entries(value)
      // Metadata of CDKTF: its version, and the path of the construct, which is in the name of the resource.
      .filter(([key]) => key !== '//')
      .map(([key, inner]) => {
        if (key === 'source_code_hash') return [key, HASH];
        if (key === 'path' && parent === 'local') return [key, STATE];
        if (key === 'filename' && typeof inner === 'string') return [key, withoutAssetHash(inner)];
        return [key, readable(inner, key)];
      }),
  );
}

/** Assets lie in `assets/CONSTRUCT/HASH/FILE`. */
function withoutAssetHash(path: string): string {
  return path.replace(/^assets\/.*\//, '');
}

/** Policies, the state machine and templates are JSON within JSON: shown as what they are, line by line. */
function document(text: string): Json {
  if (!/^[[{]/.test(text)) return text;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
