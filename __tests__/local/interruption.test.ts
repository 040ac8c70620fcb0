/** Ctrl-C in a terminal: every process of `npm run local` gets the signal. */
import { existsSync, globSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../tools/support/embedded';
import { projectCopy } from '../support/project-copy';
import { CTRL_C, type Keyboard, inTerminal, visible } from '../support/pseudo-terminal';

const { folder, remove } = temporaryFolder();
afterAll(remove);
const project = projectCopy(join(folder, 'project'));

/** Without npm, which ends by the signal whatever the exit code of the script is. */
const { scripts } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as {
  scripts: { local: string };
};
const script = scripts.local.split(' ');
const NEVER_ENDS = ['--never-ready', '1', '--wait-seconds', '1'];

interface Moment {
  printed: string;
  /** Whether a file exists below the folder for temporary files. */
  has: (pattern: string) => boolean;
}

interface Interruption {
  hasCome: (moment: Moment) => boolean;
  /** @default - Ctrl-C, once */
  interrupt?: (keyboard: Keyboard) => void;
  /** @default - those of a run that takes minutes */
  options?: string[];
  /** @default - without npm */
  command?: string[];
}

let runs = 0;
async function interrupted({
  hasCome,
  interrupt = ({ type }) => {
    type(CTRL_C);
  },
  options = NEVER_ENDS,
  command = script,
}: Interruption) {
  const [temporary, out] = [join(folder, `temporary-${++runs}`), join(folder, `out-${runs}`)];
  mkdirSync(temporary);
  const has = (pattern: string) => globSync(pattern, { cwd: temporary }).length > 0;
  let isInterrupted = false;
  const ended = await inTerminal([...command, '--out', out, ...options], {
    cwd: project,
    env: { TMPDIR: temporary, PATH: `${join(project, 'node_modules/.bin')}:${process.env.PATH}` },
    look: (printed, keyboard) => {
      if (isInterrupted || !hasCome({ printed, has })) return;
      isInterrupted = true;
      interrupt(keyboard);
    },
  });
  // The terminal shows ^C where the cursor is, and discards at a further one what it has not shown yet.
  const [last = ''] = visible(ended.printed).replaceAll('^C', '').trimEnd().split('\n').slice(-1);
  return {
    ...ended,
    last,
    left: readdirSync(temporary).filter((name) => name.startsWith('iam-credential-reports-')),
    isLocked: existsSync(join(out, '.in-use')),
    out,
  };
}

const intact = { cursor: 'visible', wrap: 'on', left: [], isLocked: false };
const nothing = 'Interrupted before the run started: it wrote nothing';
const incomplete = expect.stringMatching(
  /^Interrupted: run local-\w+ is incomplete\. (It wrote no reports|What it wrote so far is in \S+)$/,
) as string;

describe('Ctrl-C in a terminal', () => {
  it('before anything is loaded ends with 130', async () => {
    const { code, last, left, out } = await interrupted({
      hasCome: ({ printed }) => printed.includes('starts'),
      command: ['sh', '-c', 'echo starts; exec "$@"', 'sh', ...script],
    });
    expect({ code, left }).toEqual({ code: 130, left: [] });
    expect(['starts', nothing]).toContain(last);
    expect(existsSync(out)).toBe(false);
  });

  it('at any time while modules are loaded ends with 130', async () => {
    for (let delay = 100; delay <= 600; delay += 50) {
      let startedAt = 0;
      const { code, left, out } = await interrupted({
        hasCome: () => Date.now() - (startedAt ||= Date.now()) >= delay,
      });
      expect({ delay, code, left }).toEqual({ delay, code: 130, left: [] });
      expect(existsSync(out)).toBe(false);
    }
  });

  const beforeTheRun: [when: string, hasCome: Interruption['hasCome']][] = [
    ['at the start of the synthesis', ({ has }) => has('iam-*-synth-*')],
    ['during the synthesis', ({ has }) => has('iam-*-synth-*/temporary/*')],
    ['at the end of the synthesis', ({ has }) => has('iam-*-synth-*/stacks/production/cdk.tf.json')],
  ];
  it.each(beforeTheRun)('%s ends with 130, and nothing is written', async (_when, hasCome) => {
    const { code, last, out, ...rest } = await interrupted({ hasCome });
    expect({ code, last, ...rest }).toMatchObject({ code: 130, last: nothing, ...intact });
    expect(existsSync(out)).toBe(false);
  });

  const inTheRun: [when: string, hasCome: Interruption['hasCome']][] = [
    ['before the functions are unpacked', ({ printed }) => printed.includes('Every wait')],
    ['while the functions are unpacked', ({ has }) => has('iam-*-code-*')],
    ['while accounts are listed', ({ has }) => has('iam-*-code-*/*summarize-run/index.js')],
    ['when accounts are listed', ({ printed }) => printed.includes('Listed ')],
    ['while reports are collected', ({ printed }) => printed.includes('24 of 25 accounts')],
  ];
  it.each(inTheRun)('%s ends with 130, and says what lies there', async (_when, hasCome) => {
    expect(await interrupted({ hasCome })).toMatchObject({ code: 130, last: incomplete, ...intact });
  });

  it('while the summary is written ends with 130, and says what lies there', async () => {
    const hasCome = ({ printed }: Moment) => printed.includes(' 50 of 50 accounts');
    const options = ['--accounts', '50', '--users', '2000'];
    const ended = await interrupted({ hasCome, options });
    expect(ended).toMatchObject({ code: 130, last: incomplete, ...intact });
    expect(ended.last).toContain(`What it wrote so far is in ${ended.out}/`);
  });

  it('after the end of the run changes nothing', async () => {
    const { code, ...ended } = await interrupted({
      hasCome: ({ printed }) => printed.includes('Verify: '),
      options: ['--accounts', '3'],
    });
    expect(ended).toMatchObject(intact);
    expect([0, 130]).toContain(code);
  });

  it.each([
    ['during the synthesis', ({ has }: Moment) => has('iam-*-synth-*/temporary/*'), nothing],
    ['while reports are collected', ({ printed }: Moment) => printed.includes('24 of 25'), incomplete],
  ])('pressed again and again %s is no worse', async (_when, hasCome, last) => {
    const interrupt = ({ type }: Keyboard) => {
      for (let times = 0; times < 5; times++) type(CTRL_C);
    };
    const ended = await interrupted({ hasCome, interrupt });
    // What clears the line of the bar can be among what the terminal discards.
    const message = ended.last.replace(/^Collecting .*(?=Interrupted)/, '');
    expect({ ...ended, message }).toMatchObject({ code: 130, message: last, ...intact });
  });

  it('reaches the run through npm too', async () => {
    const ended = await interrupted({
      hasCome: ({ printed }) => printed.includes('24 of 25'),
      command: ['npm', 'run', '--silent', 'local', '--'],
    });
    expect(ended).toMatchObject({ code: 130, ...intact });
    expect(visible(ended.printed)).toMatch(/Interrupted: run local-\w+ is incomplete/);
  });
});

describe('a local run', () => {
  it.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('that gets %s ends with %i, and leaves nothing behind either', async (signal, code) => {
    const interrupt = ({ kill }: Keyboard) => {
      kill(signal);
    };
    const hasCome = ({ printed }: Moment) => printed.includes('24 of 25');
    expect(await interrupted({ hasCome, interrupt })).toMatchObject({ code, last: incomplete, ...intact });
  });
});
