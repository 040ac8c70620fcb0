import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dependencies, devDependencies } from '../../../package.json';
import { projectRoot } from '../../../tools/support/project-root';

interface Package {
  version: string;
  optional?: boolean;
  os?: string[];
}

const versions: Record<string, string> = { ...dependencies, ...devDependencies };
/** What npm notes of a complete installation. */
const complete: Record<string, Package> = {
  ...Object.fromEntries(
    Object.entries(versions).map(([name, version]) => [`node_modules/${name}`, { version }]),
  ),
  'node_modules/@esbuild/linux-x64': { version: '1.0.0', optional: true, os: ['linux'] },
};
const without = (omitted: string[]) =>
  Object.fromEntries(Object.entries(complete).filter(([path]) => !omitted.includes(path)));
const development = Object.keys(devDependencies).map((name) => `node_modules/${name}`);

const needed = readFileSync(join(projectRoot, '.nvmrc'), 'utf8').trim();
const asNode = (version: string) =>
  `Object.defineProperty(process.versions, 'node', { value: '${version}' });`;
const onMachine = (platform: string, arch: string) =>
  `for (const [name, value] of [['platform', '${platform}'], ['arch', '${arch}']])
     Object.defineProperty(process, name, { value });
   process.report.getReport = () => ({ header: ${platform === 'linux' ? '{ glibcVersionRuntime: "2.40" }' : '{}'} });`;
const onAlpine = `${onMachine('linux', 'x64')} process.report.getReport = () => ({ header: {} });`;
const onLinux = onMachine('linux', 'x64');
const onMac = onMachine('darwin', 'arm64');

describe('before a command starts', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'installation-'));
    const checks = ['installation', 'temporary-folder'].map((name) => `tools/support/check-${name}.cjs`);
    for (const file of ['.nvmrc', 'package.json', ...checks])
      cpSync(join(projectRoot, file), join(folder, file));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function install(packages?: Record<string, Package>, { nodeIsLinked = false } = {}) {
    mkdirSync(join(folder, 'node_modules', '.bin'), { recursive: true });
    if (packages)
      writeFileSync(join(folder, 'node_modules', '.package-lock.json'), JSON.stringify({ packages }));
    if (nodeIsLinked) writeFileSync(join(folder, 'node_modules', '.bin', 'node'), '');
  }

  /** What the check prints before a command, on a machine that is changed by some code. */
  function checked(machine = '') {
    const script = `${machine} require('./tools/support/check-installation.cjs'); console.log('started')`;
    const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', script], {
      cwd: folder,
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  }
  const failure = (problem: string) => ({ status: 1, stdout: '', stderr: `error: ${problem}\n` });
  const ofNode = (version: string, remedy: string) =>
    `Node.js ${needed} is required, as on AWS Lambda, but this is Node.js ${version}: ${remedy}`;

  it('nothing is said if everything is installed', () => {
    install(complete);
    expect(checked()).toEqual({ status: 0, stdout: 'started\n', stderr: '' });
  });

  it.each([
    ['without npm ci', false],
    ['after an npm ci that was interrupted', true],
  ])('one line says that packages are not installed: %s', (_when, started) => {
    if (started) install();
    const problem = 'The packages are not installed, or only in part: run npm ci';
    expect(checked()).toEqual(failure(problem));
    expect(checked(onLinux + asNode('20.20.2'))).toEqual(failure(problem));
  });

  it('one line says how to install the packages that npm ci leaves out if NODE_ENV is production', () => {
    install(without(development));
    const [first, second, third] = Object.keys(devDependencies);
    const count = development.length - 3;
    expect(checked(onLinux + asNode('20.20.2'))).toEqual(
      failure(
        `Packages are missing, or not of the version in package.json (${first}, ${second}, ${third} and ${count} more): ` +
          'run npm ci --include=dev',
      ),
    );
  });

  it('one line names a package that is not of the version in package.json', () => {
    install({ ...complete, 'node_modules/zod': { version: '1.0.0' } });
    expect(checked()).toEqual(
      failure('Packages are missing, or not of the version in package.json (zod): run npm ci'),
    );
  });

  it('a package that package.json takes from elsewhere may have any version', () => {
    const file = join(folder, 'package.json');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace(`"cdktf": "${versions.cdktf}"`, '"cdktf": "npm:cdktn@0.24.0"'));
    expect(readFileSync(file, 'utf8')).not.toBe(text);
    install({ ...complete, 'node_modules/cdktf': { version: '0.24.0' } });
    expect(checked()).toMatchObject({ status: 0 });
  });

  it('one line says that the programs of packages were left out', () => {
    install(without(['node_modules/@esbuild/linux-x64']));
    expect(checked()).toEqual(
      failure('The programs of packages are missing, as with --omit=optional: run npm ci --include=optional'),
    );
  });

  it.each([
    [
      'where npm installs it',
      onLinux,
      'run npm ci --include=optional --bin-links, which installs Node.js 24',
    ],
    ['on macOS', onMac, 'install Node.js 24 (nvm install reads .nvmrc)'],
    ['on Alpine', onAlpine, 'install Node.js 24 (nvm install reads .nvmrc)'],
    ['on another Linux', onMachine('linux', 'riscv64'), 'install Node.js 24 (nvm install reads .nvmrc)'],
  ])('one line says how to get the right Node.js %s', (_where, machine, remedy) => {
    install(complete);
    for (const version of ['18.20.8', '20.20.2', '26.1.0'])
      expect(checked(machine + asNode(version))).toEqual(failure(ofNode(version, remedy)));
  });

  it('one line says that npm run uses the right Node.js if it is installed', () => {
    install(complete, { nodeIsLinked: true });
    expect(checked(onLinux + asNode('20.20.2'))).toEqual(
      failure(ofNode('20.20.2', 'start the command with npm run, which uses Node.js 24 from node_modules')),
    );
  });

  it('one line has both problems where npm does not install Node.js', () => {
    expect(checked(onMac + asNode('20.20.2'))).toEqual(
      failure(
        `The packages are not installed, or only in part: run npm ci. ` +
          ofNode('20.20.2', 'install Node.js 24 (nvm install reads .nvmrc)'),
      ),
    );
  });

  it('every command of a checkout without packages ends with this line', () => {
    const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', 'check'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect({ status, stdout, stderr }).toEqual({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(
        /^error: The packages are not installed, or only in part: .*\n$/,
      ) as string,
    });
  });
});
