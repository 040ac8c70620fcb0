/**
 * Terraform knows a resource by its address, and would destroy one whose address is gone. So every address of the last release
 * is still there, or a `moved` block says where it is now (`moveFromId` of the resource).
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DeployedStack } from '../../tools/module/moves';
import { nameOf } from '../../tools/module/normalized';
import { type StackJson, everyStack } from '../../tools/provider-schema/every-option';

type Addresses = Record<string, string[]>;

/** Addresses by stack. A release renews the file: docs/releasing.md. */
const file = join(__dirname, 'released-addresses.json');

const moduleFile = join(__dirname, 'released-module-addresses.json');

interface Moved {
  readonly moved?: readonly { readonly from: string; readonly to: string }[];
}

const addressesOf = ({ resource = {} }: StackJson) =>
  Object.entries(resource).flatMap(([type, named]) => Object.keys(named).map((name) => `${type}.${name}`));

/** Addresses that a plan would destroy. */
const gone = (released: Addresses, stacks: ReadonlyMap<string, StackJson & Moved>) =>
  Object.entries(released).flatMap(([name, addresses]) => {
    const stack = stacks.get(name) ?? {};
    const known = [...addressesOf(stack), ...(stack.moved ?? []).map(({ from }) => from)];
    return addresses.filter((address) => !known.includes(address)).map((address) => `${name}: ${address}`);
  });

/** Addresses in the Terraform module, whose names are those of constructs. */
const inModule = (all: ReadonlyMap<string, StackJson>) => {
  const addresses = [...all.values()].flatMap(({ resource = {} }) =>
    Object.entries(resource).flatMap(([type, named]) =>
      Object.values(named as DeployedStack['resource'][string]).map(
        (body) => `${type}.${nameOf(body['//'].metadata.path, [])}`,
      ),
    ),
  );
  return [...new Set(addresses)].sort();
};

const stacks = everyStack();
if (process.env.RENEW === '1') {
  const addresses = Object.fromEntries([...stacks].map(([name, stack]) => [name, addressesOf(stack).sort()]));
  writeFileSync(file, `${JSON.stringify(addresses, null, 2)}\n`);
  writeFileSync(moduleFile, `${JSON.stringify(inModule(stacks), null, 2)}\n`);
}
const released = JSON.parse(readFileSync(file, 'utf8')) as Addresses;

describe('every address of the last release', () => {
  it('is still there, or its resource has moved', () => {
    expect(Object.keys(released).length).toBeGreaterThan(5);
    expect(gone(released, stacks)).toEqual([]);
  });

  it('is still there in the Terraform module too, which cannot say yet where resources have moved', () => {
    const addresses = JSON.parse(readFileSync(moduleFile, 'utf8')) as string[];
    expect(addresses).toContain('aws_s3_bucket.storage_report_bucket_bucket');
    const now = inModule(stacks);
    expect(addresses.filter((address) => !now.includes(address))).toEqual([]);
  });

  it('is missed when it is gone, unless a block says where the resource is now', () => {
    const [name = '', stack = {}] = [...stacks][0] ?? [];
    const { aws_s3_bucket: buckets = {}, ...others } = stack.resource ?? {};
    const [bucket = ''] = Object.keys(buckets);
    const from = `aws_s3_bucket.${bucket}`;
    const renamed = { ...stack, resource: { ...others, aws_s3_bucket: { other: buckets[bucket] ?? {} } } };
    const withRenamed = (moved: Moved['moved']) =>
      new Map<string, StackJson & Moved>([...stacks, [name, { ...renamed, moved }]]);
    expect(gone(released, withRenamed([]))).toEqual([`${name}: ${from}`]);
    expect(gone(released, withRenamed([{ from, to: 'aws_s3_bucket.other' }]))).toEqual([]);
  });
});
