/**
 * Ends a command with one line if packages, or the Node.js that the functions run on, are missing. Every script of
 * package.json loads it first. It is written for old versions of Node.js too, and scripts start the programs of
 * packages by their paths, because a shell could only say that it does not find `tsx`.
 */
'use strict';
const { accessSync, constants, existsSync, mkdirSync, readFileSync } = require('fs');
const { tmpdir } = require('os');
const { join } = require('path');

const root = join(__dirname, '..', '..');
const read = (file) => readFileSync(join(root, file), 'utf8');

const needed = read('.nvmrc').trim();
const found = process.versions.node;
// The first version whose agents know proxies.
const LEAST_MINOR = 5;
const [major, minor] = found.split('.');
const isRightNode = major === needed && Number(minor) >= LEAST_MINOR;
const { dependencies, devDependencies, optionalDependencies } = JSON.parse(read('package.json'));

/** What npm has installed, by path. npm writes this file when everything is there. */
function installedPackages() {
  try {
    return JSON.parse(read('node_modules/.package-lock.json')).packages;
  } catch (error) {
    return undefined;
  }
}

/** Whether npm installs the right Node.js on this machine. Its platform packages are made for glibc, which Alpine lacks. */
function comesWithNpm() {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const hasPackage = `node-${system}-${process.arch}` in optionalDependencies;
  return hasPackage && (system !== 'linux' || 'glibcVersionRuntime' in process.report.getReport().header);
}

/** What is wrong with the packages, and the command that mends it; undefined if nothing is. */
function packageProblem(packages) {
  if (packages === undefined) return ['The packages are not installed, or only in part', 'run npm ci'];
  const isMissing = (wanted) => (name) => {
    const { version } = packages[`node_modules/${name}`] || {};
    return version === undefined || (/^\d+(\.\d+)+$/.test(wanted[name]) && version !== wanted[name]);
  };
  const development = Object.keys(devDependencies).filter(isMissing(devDependencies));
  const missing = [...Object.keys(dependencies).filter(isMissing(dependencies)), ...development];
  if (missing.length > 0) {
    const more = missing.length > 3 ? ` and ${missing.length - 3} more` : '';
    return [
      `Packages are missing, or not of the version in package.json (${missing.slice(0, 3).join(', ')}${more})`,
      // npm leaves development packages out if NODE_ENV is production.
      development.length > 0 ? 'run npm ci --include=dev' : 'run npm ci',
    ];
  }
  if (!Object.keys(packages).some((path) => packages[path].optional && packages[path].os))
    return ['The programs of packages are missing, as with --omit=optional', 'run npm ci --include=optional'];
  return undefined;
}

/** The same for Node.js. */
function nodeProblem() {
  if (isRightNode) return undefined;
  return [`Node.js ${needed} is required, as on AWS Lambda, but this is Node.js ${found}`, howToGetNode()];
}

function howToGetNode() {
  if (!comesWithNpm()) return `install Node.js ${needed} (nvm install reads .nvmrc)`;
  const program = process.platform === 'win32' ? 'node.cmd' : 'node';
  return existsSync(join(root, 'node_modules', '.bin', program))
    ? `start the command with npm run, which uses Node.js ${needed} from node_modules`
    : `run npm ci --include=optional --bin-links, which installs Node.js ${needed}`;
}

/** The same for the temporary folder: tsx writes to it before any other code runs. */
function temporaryFolderProblem() {
  try {
    mkdirSync(tmpdir(), { recursive: true });
    accessSync(tmpdir(), constants.W_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    return [`Cannot write to the temporary folder (${error.message})`, 'set TMPDIR to another folder'];
  }
}

function problems() {
  const ofPackages = packageProblem(installedPackages());
  // npm ci brings Node.js too where it can.
  const ofNode = ofPackages && comesWithNpm() ? undefined : nodeProblem();
  return [ofPackages, ofNode, temporaryFolderProblem()].filter(Boolean);
}

const all = problems();
if (all.length > 0) {
  console.error(`error: ${all.map((one) => one.join(': ')).join('. ')}`);
  process.exit(1);
}
