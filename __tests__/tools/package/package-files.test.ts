/** What is in the npm package, and what it says of itself. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { dependencies, version } from '../../../package.json';
import { handlerNames } from '../../../constructs/functions/handler-names';
import { bundledFiles, handlerSource } from '../../../constructs/functions/handler-source';
import { packageFiles } from '../../../tools/package/package-files';
import { projectRoot } from '../../../tools/support/project-root';
import { packagesOf } from '../../../tools/release/shipped-packages';

interface PackageJson {
  version: string;
  scripts?: object;
  files: string[];
  exports: Record<string, string | { types: string; default: string }>;
  dependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
  peerDependenciesMeta: Record<string, { optional: boolean }>;
}

let files: Map<string, string | Uint8Array>;
let json: PackageJson;
const text = (name: string) => Buffer.from(files.get(name) ?? []).toString();

beforeAll(async () => {
  files = await packageFiles();
  json = JSON.parse(text('package.json')) as PackageJson;
});

describe('the npm package', () => {
  it('has the same bytes every time', async () => {
    expect([...(await packageFiles())]).toEqual([...files]);
  });

  it('is what the example installs, and what the document names', () => {
    const read = (path: string) => readFileSync(join(projectRoot, path), 'utf8');
    expect(read('examples/cdktf-app/package.json')).toContain(`"iam-credential-reports": "${version}"`);
    expect(read('docs/package.md')).toContain(`/iam-credential-reports-${version}.tgz`);
  });

  it('lists every file that it has, and none that it has not', () => {
    const always = ['README.md', 'LICENSE', 'package.json'];
    const isListed = (name: string) =>
      always.includes(name) ||
      json.files.some((one) => (one.endsWith('/') ? name.startsWith(one) : name === one));
    expect([...files.keys()].filter((name) => !isListed(name))).toEqual([]);
    for (const one of json.files) expect([...files.keys()].some((name) => name.startsWith(one))).toBe(true);
  });

  it('exports files that it has, each with its types', () => {
    const targets = Object.values(json.exports).flatMap((one) =>
      typeof one === 'string' ? [one] : [one.types, one.default],
    );
    expect(targets.filter((target) => !files.has(target.replace(/^\.\//, '')))).toEqual([]);
    expect(Object.keys(json.exports)).toEqual(expect.arrayContaining(['.', './cdktn']));
  });

  it('has the version of the project, runs no script when it is installed, and depends on zod alone', () => {
    expect(json.version).toBe(version);
    expect(json).not.toHaveProperty('scripts');
    expect(json.dependencies).toEqual({ zod: `^${dependencies.zod}` });
  });

  it('makes npm install neither CDKTF nor CDK Terrain beside the other', () => {
    const required = Object.keys(json.peerDependencies).filter(
      (peer) => !json.peerDependenciesMeta[peer]?.optional,
    );
    expect(required).toEqual(['constructs']);
  });

  it.each(handlerNames)('has the function %s as it is deployed from a clone', (name) => {
    const zip = unzipSync(files.get(`functions/${name}.zip`) as Uint8Array);
    expect(Object.keys(zip)).toEqual(['index.js']);
    expect(strFromU8(zip['index.js']!)).toBe(strFromU8(handlerSource(name)));
  });

  it.each([
    ['cdktf', 'cdktn'],
    ['cdktn', 'cdktf'],
  ])('imports of %s, and not of %s, in code and types', (library, other) => {
    const own = [...files.keys()].filter(
      (name) => [`${library}.js`, `${library}.d.ts`].includes(name) || name.startsWith(`types/${library}/`),
    );
    expect(own.length).toBeGreaterThan(40);
    const modules = own.flatMap((name) => [
      ...text(name).matchAll(/(?:require\(|\bfrom |\bimport\()["']([^."'][^"']*)["']/g),
    ]);
    const names = new Set(modules.map(([, module = '']) => module));
    expect([...names]).toEqual(expect.arrayContaining([library, `@${library}/provider-aws/lib/iam-role`]));
    expect([...names].filter((name) => new RegExp(`^@?${other}(/|$)`).test(name))).toEqual([]);
    expect(
      [...names].filter(
        (name) => !new RegExp(`^(@?${library}|constructs|zod|node:\\w+|module)(/|$)`).test(name),
      ),
    ).toEqual([]);
  });

  it('has the license of every package whose code is in it', () => {
    const notices = text('THIRD-PARTY-NOTICES.txt');
    const named = [...bundledFiles().values()].flatMap((paths) => [...packagesOf(paths)]);
    for (const path of [...named, 'node_modules/fflate', 'node_modules/jsonc-parser'])
      expect(notices).toContain(`\n${path.replace(/^.*node_modules\//, '')} `);
  });

  it('has nothing of the tools and tests of the project', () => {
    expect(text('cdktf.js')).not.toMatch(/devDependencies|esbuild/);
    expect([...files.keys()].filter((name) => /test|tools|local/.test(name))).toEqual([]);
  });
});
