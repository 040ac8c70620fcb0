import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'jsonc-parser';
import { projectRoot } from '../support/project-root';
import { type Library, libraries } from './library';

interface ProjectJson {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly repository?: object;
  readonly dependencies: Readonly<Record<string, string>>;
}

export const projectJson = parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as ProjectJson;

/** CDKTF is what most apps use; others name their library. */
const entries: Readonly<Record<Library, string>> = { cdktf: '.', cdktn: './cdktn' };

/**
 * Versions that work. Each is optional: an app has CDKTF or CDK Terrain, and npm would install the other one beside it. CDKTF is
 * archived; its range also takes CDK Terrain under the name of CDKTF (`npm:cdktn`), whose version is higher.
 */
const PEERS: Readonly<Record<string, string>> = {
  '@cdktf/provider-aws': '>=21.22.1 <26',
  '@cdktn/provider-aws': '>=25.5.0 <26',
  cdktf: '>=0.21.0 <1',
  cdktn: '>=0.24.0 <1',
};

/** What the package says of itself, without the tools and scripts of the project. */
export function packageJson(files: readonly string[]): object {
  const { name, version, description, license, repository, dependencies } = projectJson;
  return {
    name,
    version,
    description,
    license,
    ...(repository && { repository }),
    keywords: ['aws', 'iam', 'credential-report', 'organizations', 'cdktf', 'cdktn', 'terraform', 'audit'],
    engines: { node: '>=20.9' },
    main: './cdktf.js',
    types: './cdktf.d.ts',
    exports: {
      ...Object.fromEntries(
        libraries.map((library) => [
          entries[library],
          { types: `./${library}.d.ts`, default: `./${library}.js` },
        ]),
      ),
      './environment.schema.json': './environment.schema.json',
      './package.json': './package.json',
    },
    files,
    sideEffects: false,
    dependencies: { zod: `^${dependencies.zod}` },
    peerDependencies: { ...PEERS, constructs: '>=10.4.2 <11' },
    peerDependenciesMeta: Object.fromEntries(Object.keys(PEERS).map((peer) => [peer, { optional: true }])),
  };
}
