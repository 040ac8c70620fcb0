/** What may differ between what CDKTF and CDK Terrain synthesize, and what does. */

/** A value at a path of `cdk.tf.json`, in both; `undefined` where it is not there. */
export interface Difference {
  readonly path: string;
  readonly cdktf: unknown;
  readonly cdktn: unknown;
}

/** Values that name the tools themselves. */
const EXPECTED: readonly { path: RegExp; cdktf: RegExp; cdktn: RegExp; why: string }[] = [
  {
    path: /^[\w-]+\.\/\/\.metadata\.version$/,
    cdktf: /^0\.21\./,
    cdktn: /^0\.24\./,
    why: 'the version of the tool',
  },
  {
    path: /^[\w-]+\.terraform\.required_providers\.aws\.source$/,
    cdktf: /^aws$/,
    cdktn: /^hashicorp\/aws$/,
    why: 'the same address in the registry',
  },
  {
    path: /^[\w-]+\.terraform\.required_providers\.aws\.version$/,
    cdktf: /^6\./,
    cdktn: /^6\./,
    why: 'the provider that the bindings were made from',
  },
];

/** Every value that differs; the order of fields does not count. */
export function differences(cdktf: unknown, cdktn: unknown, path = ''): Difference[] {
  if (!isTree(cdktf) || !isTree(cdktn)) return cdktf === cdktn ? [] : [{ path, cdktf, cdktn }];
  const names = new Set([...Object.keys(cdktf), ...Object.keys(cdktn)]);
  return [...names].flatMap((name) =>
    differences(cdktf[name], cdktn[name], path === '' ? name : `${path}.${name}`),
  );
}

/** Why a difference is none of infrastructure. */
export function reasonFor({ path, cdktf, cdktn }: Difference): string | undefined {
  return EXPECTED.find(
    (one) => one.path.test(path) && one.cdktf.test(String(cdktf)) && one.cdktn.test(String(cdktn)),
  )?.why;
}

const isTree = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
