import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import { isSystemError, reasonOf } from '../../constructs/error-text';
import type { AwsReader } from './aws-reader';
import type { ExpectedStack } from './expected-stack';

/** https://developer.hashicorp.com/terraform/internals/json-format does not describe the file; this is all that is used of it. */
const State = z.object({
  resources: z.array(z.object({ mode: z.string(), type: z.string(), name: z.string() })),
});

/** What Terraform remembers of an environment: the only sure sign that something is the environment's own. */
export type TerraformState =
  /** Addresses of its resources; none if there is no state yet. */
  | { readonly place: string; readonly addresses: ReadonlySet<string> }
  /** Why it cannot be read here. */
  | { readonly place: string; readonly unreadable: string };

/** Reads the state where the backend of the environment keeps it. */
export async function readState(aws: AwsReader, { backend }: ExpectedStack): Promise<TerraformState> {
  if (backend.local) {
    const { path: place = '' } = backend.local;
    try {
      return stateIn(place, existsSync(place) ? readFileSync(place, 'utf8') : undefined);
    } catch (error) {
      if (!isSystemError(error)) throw error;
      return { place, unreadable: `it cannot be read: ${reasonOf(error)}` };
    }
  }
  const { bucket, key } = backend.s3 ?? {};
  if (bucket === undefined || key === undefined)
    return { place: 'HCP Terraform', unreadable: 'the state is in HCP Terraform' };
  const place = `s3://${bucket}/${key}`;
  try {
    const object = await aws.find('s3:GetObject', { Bucket: bucket, Key: key });
    return stateIn(place, await object?.Body?.transformToString());
  } catch (error) {
    return { place, unreadable: error instanceof Error ? error.message : String(error) };
  }
}

function stateIn(place: string, text: string | undefined): TerraformState {
  if (text === undefined) return { place, addresses: new Set() };
  try {
    const { resources } = State.parse(JSON.parse(text));
    const managed = resources.filter(({ mode }) => mode === 'managed');
    return { place, addresses: new Set(managed.map(({ type, name }) => `${type}.${name}`)) };
  } catch {
    return { place, unreadable: 'it is not a state of Terraform' };
  }
}
