/** Ctrl-C in a terminal: every process of `npm run local` gets the signal. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { temporaryFolder } from '../../tools/support/embedded';
import { projectCopy } from '../support/project-copy';

const { folder, remove } = temporaryFolder();
afterAll(remove);
const project = projectCopy(join(folder, 'project'));

/** Without npm, which ends by the signal whatever the exit code of the script is. */
const { scripts } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as {
  scripts: { local: string };
};
const [program = '', ...words] = scripts.local.split(' ');

const temporaryFolders = (temporary: string) =>
  readdirSync(temporary, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.includes('iam-credential-reports-'),
  );

interface Moment {
  printed: string;
  temporary: string;
}

/** Starts a run that takes minutes, and interrupts it as soon as the moment has come. */
async function interrupt(name: string, hasCome: (moment: Moment) => boolean) {
  const [temporary, out] = [join(folder, `${name}-temporary`), join(folder, name)];
  mkdirSync(temporary);
  const options = ['--never-ready', '1', '--wait-seconds', '5', '--out', out];
  const run = spawn(program, [...words, ...options], {
    cwd: project,
    env: {
      ...process.env,
      PATH: `${join(project, 'node_modules/.bin')}:${process.env.PATH}`,
      TMPDIR: temporary,
    },
    detached: true,
  });
  let printed = '';
  for (const stream of [run.stdout, run.stderr])
    stream.on('data', (text: Buffer) => (printed += text.toString()));
  const closed = once(run, 'close');
  while (!hasCome({ printed, temporary }) && run.exitCode === null) await pause(20);
  process.kill(-run.pid!, 'SIGINT');
  const [code] = (await closed) as [number | null];
  return { code, last: printed.trim().split('\n').at(-1), left: temporaryFolders(temporary), out };
}

describe('Ctrl-C', () => {
  it('during the synthesis ends with 130, and nothing is written', async () => {
    const { code, last, left, out } = await interrupt(
      'synthesis',
      ({ temporary }) => temporaryFolders(temporary).length > 0,
    );
    expect({ code, last, left }).toEqual({
      code: 130,
      last: 'Interrupted before the run started: it wrote nothing',
      left: [],
    });
    expect(existsSync(out)).toBe(false);
  });

  it('during a run ends with 130 and names the folder of the incomplete run', async () => {
    const { code, last, left, out } = await interrupt('run', ({ printed }) => printed.includes('Listed '));
    expect({ code, last, left }).toEqual({
      code: 130,
      last: expect.stringMatching(
        `^Interrupted: run local-\\w+ is incomplete. What it wrote so far is in ${out}/`,
      ) as string,
      left: [],
    });
  });
});
