import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { type Caller, awsVariables } from '../support/emulator/aws-cli';
import { projectRoot } from '../../tools/support/project-root';

/** What `npm run verify -- --json` says, as far as tests look at it. */
export interface Verification {
  exitCode: number;
  /** How many objects are as recorded. */
  verified: { days: number; runs: number; reports: number; files: number };
  /** How many findings there are, by status. */
  counts: Record<string, number>;
  environments: { environment: string; findings: object[] }[];
  days: { date: string; verdict: string; findings: object[] }[];
}

/** Verifies a folder or a bucket with the command that an auditor would use. */
export async function verification(
  location: string,
  caller: Caller,
  ...options: string[]
): Promise<Verification> {
  const command = ['run', '--silent', 'verify', '--', location, '--json', ...options];
  const child = spawn('npm', command, {
    cwd: projectRoot,
    env: awsVariables(caller),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [said, problems, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number]>,
  ]);
  if (said === '') throw new Error(`verify ${location} ended with ${exitCode}:\n${problems}`);
  return { ...(JSON.parse(said) as Verification), exitCode };
}
