import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundledFiles } from '../../constructs/functions/handler-source';

/** A package of npm whose code reaches users. */
export interface ShippedPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX expression. */
  readonly license: string | undefined;
  /** Such as `sha512-…`, from the lock file. */
  readonly integrity: string | undefined;
  /** What it is in: functions whose bundle has it, or `npm package` if npm installs it. */
  readonly usedBy: readonly string[];
}

interface LockedPackage {
  readonly integrity?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

type Lock = Readonly<Record<string, LockedPackage>>;

/** Of what is in the package of this project, or what npm installs with it. */
const NPM_PACKAGE = 'npm package';

/**
 * @param project - its packages are installed; if `dist/package` is built, its dependencies count too
 * @param files - in the compiled constructs, as paths relative to the project
 */
export function shippedPackages(project: string, files: readonly string[]): ShippedPackage[] {
  const lock = (read(project, 'package-lock.json') as { packages: Lock }).packages;
  const users = new Map<string, string[]>();
  const add = (path: string, user: string) => users.set(path, [...(users.get(path) ?? []), user]);
  for (const [handler, files] of bundledFiles()) for (const path of packagesOf(files)) add(path, handler);
  for (const path of packagesOf(files)) add(path, NPM_PACKAGE);
  const manifest = join('dist', 'package', 'package.json');
  if (existsSync(join(project, manifest))) {
    const paths = installedWith(read(project, manifest) as LockedPackage, lock);
    for (const path of paths) add(path, NPM_PACKAGE);
  }
  return [...users].map(([path, usedBy]) => {
    const { name, version, license } = read(project, join(path, 'package.json')) as ShippedPackage;
    return { name, version, license, integrity: lock[path]?.integrity, usedBy };
  });
}

const read = (project: string, file: string): unknown =>
  JSON.parse(readFileSync(join(project, file), 'utf8'));

/** Folders of the packages that have these files, such as `node_modules/zod`; files of the project are in none. */
export function packagesOf(files: readonly string[]): ReadonlySet<string> {
  return new Set(
    files.flatMap(
      (file) => /(?:^|\/)(node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? [],
    ),
  );
}

/** Folders of the packages that a package needs at run time, and those that these need. */
export function installedWith(root: LockedPackage, lock: Lock): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (one: LockedPackage, from: string): void => {
    const isOptional = (name: string) => one.peerDependenciesMeta?.[name]?.optional === true;
    const peers = Object.keys(one.peerDependencies ?? {}).filter((name) => !isOptional(name));
    for (const name of [...Object.keys({ ...one.dependencies, ...one.optionalDependencies }), ...peers]) {
      const path = resolved(name, from, lock);
      if (path === undefined && (one.dependencies === undefined || !(name in one.dependencies))) continue;
      if (path === undefined)
        throw new Error(`package-lock.json does not have ${name}, which ${from || 'the package'} needs`);
      if (found.has(path)) continue;
      found.add(path);
      add(lock[path] ?? {}, path);
    }
  };
  add(root, '');
  return found;
}

/** Where Node.js finds a package that is imported from a folder. */
function resolved(name: string, from: string, lock: Lock): string | undefined {
  const path = from === '' ? `node_modules/${name}` : `${from}/node_modules/${name}`;
  if (path in lock) return path;
  return from === ''
    ? undefined
    : resolved(name, from.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, ''), lock);
}
