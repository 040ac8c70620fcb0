import * as z from 'zod/mini';
import { MANIFEST_VERSION, Manifest } from '../../handlers/core/manifest';
import { RUN, runOf } from '../../handlers/shared/bucket-layout';
import { type Finding, finding } from './findings';

/** What the chain needs. The rest is parsed one day at a time. */
const Header = z.pick(Manifest, {
  version: true,
  number: true,
  previous: true,
  environment: true,
  execution: true,
  date: true,
  startedAt: true,
  retentionDays: true,
  totals: true,
  serviceCredentials: true,
  files: true,
  recent: true,
});
export type Header = z.infer<typeof Header>;

/** A manifest, or what is wrong with it. */
export type Parsed<Value> = { readonly value: Value } | { readonly problem: Finding };

export const parseHeader = (content: Uint8Array, key: string): Parsed<Header> => parse(content, key, Header);
export const parseManifest = (content: Uint8Array, key: string): Parsed<Manifest> =>
  parse(content, key, Manifest);

function parse<Value extends { date: string; execution: string }>(
  content: Uint8Array,
  key: string,
  schema: z.ZodMiniType<Value>,
): Parsed<Value> {
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(content).toString());
  } catch {
    return { problem: finding('altered', key, `its ${content.length} bytes are not JSON`) };
  }
  const { version } = Object(json) as { version?: unknown };
  if (typeof version === 'number' && version > MANIFEST_VERSION)
    return {
      problem: finding('unreadable', key, `a newer version of this project wrote it, in format ${version}`),
    };
  const { data: value } = schema.safeParse(json);
  if (value && RUN.test(runOf(value.date, value.execution))) return { value };
  return { problem: finding('altered', key, `it is not a manifest of version ${MANIFEST_VERSION}`) };
}
