/**
 * Synthesizes every environment and example with CDKTF and with CDK Terrain, which continues it, and compares:
 * `npm run verify:cdktn`. The packages of CDK Terrain are installed beside this file, from a lock file of their own.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Difference, differences, reasonFor } from './differences';
import { installPackages } from '../support/install-packages';
import { projectRoot } from '../support/project-root';

/** Below this folder, the packages beside this file are found before those of the project. */
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
];

function stacksOf(project: string): Record<string, string> {
  const script = join(project, 'tools', 'cdktn', 'print-stacks.ts');
  const tsx = join(projectRoot, 'node_modules', 'tsx', 'dist', 'cli.mjs');
  // The same folder for both: the path of the local state is part of what is compared.
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
  cpSync(join(projectRoot, 'tsconfig.json'), join(copy, 'tsconfig.json'));
}

installPackages(__dirname);
copySources();
try {
  const [cdktf, cdktn] = [stacksOf(projectRoot), stacksOf(copy)];
  const stacks = [...new Set([...Object.keys(cdktf), ...Object.keys(cdktn)])];
  const parsed = (text: string | undefined) =>
    text === undefined ? undefined : (JSON.parse(text) as unknown);
  const all = stacks.flatMap((stack) => differences(parsed(cdktf[stack]), parsed(cdktn[stack]), stack));
  const line = ({ path, cdktf, cdktn }: Difference) =>
    `${path}: ${JSON.stringify(cdktf)} becomes ${JSON.stringify(cdktn)}`;
  const others = all.filter((difference) => reasonFor(difference) === undefined);
  for (const difference of all) {
    const reason = reasonFor(difference);
    if (reason === undefined) console.error(`✗ ${line(difference)}`);
    else console.log(`  ${line(difference)} (${reason})`);
  }
  console.log(
    others.length === 0
      ? `CDK Terrain synthesizes the same ${stacks.length} stacks, but for these lines`
      : `CDK Terrain synthesizes other stacks: ${others.length} values`,
  );
  process.exitCode = others.length === 0 ? 0 : 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}
