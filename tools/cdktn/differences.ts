/** Compares what CDKTF and CDK Terrain synthesize, and knows which differences are expected. */

/** A value that differs at a path of `cdk.tf.json`; `undefined` where it is missing. */
export interface Difference {
  readonly path: string;
  readonly cdktf: unknown;
  readonly cdktn: unknown;
}

/** Values that name the tool or the provider, and not the infrastructure. */
const EXPECTED: readonly { path: RegExp; cdktf: RegExp; cdktn: RegExp; reason: string }[] = [
  {
    path: /^[\w-]+\.\/\/\.metadata\.version$/,
    cdktf: /^0\.21\./,
    cdktn: /^0\.24\./,
    reason: 'the version of the tool',
  },
  {
    path: /^[\w-]+\.terraform\.required_providers\.aws\.source$/,
    cdktf: /^aws$/,
    cdktn: /^hashicorp\/aws$/,
    reason: 'the same address in the registry',
  },
];

/** Every value that differs, whatever the order of fields. */
export function differences(cdktf: unknown, cdktn: unknown, path = ''): Difference[] {
  if (!isTree(cdktf) || !isTree(cdktn)) return cdktf === cdktn ? [] : [{ path, cdktf, cdktn }];
  const names = new Set([...Object.keys(cdktf), ...Object.keys(cdktn)]);
  return [...names].flatMap((name) =>
    differences(cdktf[name], cdktn[name], path === '' ? name : `${path}.${name}`),
  );
}

/** Why a difference is expected; nothing if it is not. */
export function expectedReason({ path, cdktf, cdktn }: Difference): string | undefined {
  return EXPECTED.find(
    (expected) =>
      expected.path.test(path) && expected.cdktf.test(String(cdktf)) && expected.cdktn.test(String(cdktn)),
  )?.reason;
}

const isTree = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
