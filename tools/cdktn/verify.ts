/**
 * `npm run verify:cdktn`: synthesizes every environment and example with CDKTF and with its successor CDK Terrain, and
 * compares the stacks. The packages of CDK Terrain are installed in this folder, from their own lock file.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Difference, differences, expectedReason } from './differences';
import { commandLine } from '../../local/command-line';
import { installPackages } from '../support/install-packages';
import { projectRoot } from '../support/project-root';

/** In this folder, Node.js finds the packages of CDK Terrain before those of the project. */
const copy = join(__dirname, 'copy');

const SOURCES = [
  'constructs',
  'handlers',
  'local',
  'tools/golden',
  'tools/support',
  'environments',
  'examples',
  'tools/cdktn/print-stacks.ts',
  'tsconfig.json',
  // The functions have the version of the project.
  'package.json',
];

function stacksOf(project: string): Record<string, string> {
  const script = join(project, 'tools', 'cdktn', 'print-stacks.ts');
  const tsx = join(projectRoot, 'node_modules', 'tsx', 'dist', 'cli.mjs');
  // The working folder is the same for both, because a stack contains the path of its local state.
  const json = execFileSync(process.execPath, [tsx, script], {
    cwd: projectRoot,
    encoding: 'utf8',
    maxBuffer: 64 * 2 ** 20,
  });
  return JSON.parse(json) as Record<string, string>;
}

function copySources(): void {
  rmSync(copy, { recursive: true, force: true });
  for (const source of SOURCES) cpSync(join(projectRoot, source), join(copy, source), { recursive: true });
}

commandLine({
  script: 'verify:cdktn',
  description:
    'Synthesizes every environment and example with CDKTF and with CDK Terrain, and compares the stacks.',
  exitCodes: '0: they are the same, apart from expected differences; 1: they differ',
}).parse();

installPackages(__dirname);
copySources();
try {
  const [cdktf, cdktn] = [stacksOf(projectRoot), stacksOf(copy)];
  const stacks = [...new Set([...Object.keys(cdktf), ...Object.keys(cdktn)])];
  const parsed = (text: string | undefined) =>
    text === undefined ? undefined : (JSON.parse(text) as unknown);
  const all = stacks.flatMap((stack) => differences(parsed(cdktf[stack]), parsed(cdktn[stack]), stack));
  const line = ({ path, cdktf, cdktn }: Difference) =>
    `${path}: ${JSON.stringify(cdktf)} with CDKTF, ${JSON.stringify(cdktn)} with CDK Terrain`;
  let unexpected = 0;
  for (const difference of all) {
    const reason = expectedReason(difference);
    if (reason === undefined) unexpected++;
    console.log(
      reason === undefined ? `✗ ${line(difference)}` : `  ${line(difference)} (expected: ${reason})`,
    );
  }
  console.log(
    unexpected === 0
      ? `CDK Terrain synthesizes the same ${stacks.length} stacks, apart from the expected differences above`
      : `CDK Terrain synthesizes different stacks: ${unexpected} unexpected differences, marked ✗ above`,
  );
  process.exitCode = unexpected === 0 ? 0 : 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}
