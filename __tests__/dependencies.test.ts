/** What an installation brings, and that it comes from the lock files alone. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { projectRoot } from '../tools/support/project-root';

interface Package {
  version: string;
  integrity?: string;
  link?: boolean;
  inBundle?: boolean;
  license?: string;
  hasInstallScript?: boolean;
}

const text = (file: string) => readFileSync(join(projectRoot, file), 'utf8');
const json = (file: string) => JSON.parse(text(file)) as unknown;

function packagesOf(lockFile: string): [path: string, Package][] {
  const { packages } = json(lockFile) as { packages: Record<string, Package> };
  return Object.entries(packages).filter(([path]) => path !== '');
}

const lockFiles = globSync('{,tools/*/}package-lock.json', { cwd: projectRoot }).sort();
const main = packagesOf('package-lock.json');
const { optionalDependencies } = json('package.json') as Record<string, Record<string, string>>;

describe.each(lockFiles)('%s', (lockFile) => {
  it('has an integrity for every package, or for the package that bundles it', () => {
    const unchecked = packagesOf(lockFile).filter(
      ([, { integrity, link, inBundle }]) => integrity === undefined && !link && !inBundle,
    );
    expect(unchecked).toEqual([]);
  });
});

describe('the packages of the project', () => {
  it('are under no GPL, AGPL or LGPL', () => {
    expect(main.filter(([, { license }]) => license?.includes('GPL'))).toEqual([]);
  });

  it('have the clients of the AWS SDK in one version', () => {
    const clients = main.filter(([path]) => /(^|\/)node_modules\/@aws-sdk\/client-[\w-]+$/.test(path));
    expect(clients.length).toBeGreaterThanOrEqual(5);
    // The newest version of this client is older than those of the others.
    const rarelyPublished = 'node_modules/@aws-sdk/client-resource-groups-tagging-api';
    const others = clients.filter(([path]) => path !== rarelyPublished);
    expect(new Set(others.map(([, { version }]) => version)).size).toBe(1);
    // What all clients share is there once.
    expect(main.filter(([path]) => path.endsWith('node_modules/@aws-sdk/core'))).toHaveLength(1);
  });

  it('need no install script, since .npmrc lets none run', () => {
    // Each finds its program in a platform package, which the lock file has too.
    const withoutNeed = {
      '@parcel/watcher': 'compiles the program only where there is no platform package',
      '@swc/core': 'checks that the program starts, and else fetches a slower one',
      esbuild: 'replaces the launcher by the program itself, which starts sooner',
      'unrs-resolver': 'checks that the program is there, and else fetches it',
    };
    const found = main.filter(([, { hasInstallScript }]) => hasInstallScript);
    expect(found.map(([path]) => path.replace(/^.*node_modules\//, '')).sort()).toEqual(
      Object.keys(withoutNeed),
    );
    expect(text('.npmrc')).toMatch(/^ignore-scripts=true$/m);
  });
});

describe('Node.js', () => {
  const needed = text('.nvmrc').trim();

  it('is the version of the functions, everywhere', () => {
    expect(text('constructs/functions/bundled-function.ts')).toContain(`'nodejs${needed}.x'`);
    expect(text('.devcontainer/devcontainer.json')).toContain(`typescript-node:${needed}-`);
    for (const [name, version] of Object.entries(optionalDependencies!)) {
      expect([name, version]).toEqual([
        expect.stringMatching(/^node-/),
        expect.stringMatching(`^${needed}\\.`),
      ]);
    }
  });

  it('is not installed by npm where it does not run: its platform packages need glibc', () => {
    const { packages } = json('package-lock.json') as { packages: Record<string, { libc?: string[] }> };
    const forLinux = Object.keys(optionalDependencies!).filter((name) => name.startsWith('node-linux-'));
    expect(forLinux.map((name) => packages[`node_modules/${name}`]?.libc)).toEqual([['glibc'], ['glibc']]);
  });
});

describe('the devcontainer', () => {
  it('has the Terraform of the workflows', () => {
    const { features } = json('.devcontainer/devcontainer.json') as { features: Record<string, object> };
    const [version] = /terraform_version: (.*)/.exec(text('.github/workflows/check.yml'))!.slice(1);
    expect(features['ghcr.io/devcontainers/features/terraform:1']).toMatchObject({ version });
  });
});

describe('.github/dependabot.yml', () => {
  const { updates } = parse(text('.github/dependabot.yml')) as {
    updates: { 'package-ecosystem': string; directories: string[] }[];
  };

  it('covers every lock file of npm', () => {
    const npm = updates.find((one) => one['package-ecosystem'] === 'npm');
    expect(npm?.directories).toEqual(lockFiles.map((file) => join('/', dirname(file))));
  });
});
