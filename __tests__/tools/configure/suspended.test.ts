/** Ctrl-Z and `fg` in a shell, in a real pseudo-terminal. */
import { existsSync } from 'node:fs';
import { CTRL_C, inTerminal, visible } from '../../support/pseudo-terminal';
import { projectRoot } from '../../../tools/support/project-root';

const CTRL_Z = '\u001a';
const BASH = '/bin/bash';

(existsSync(BASH) ? it : it.skip)(
  'a question is suspended by Ctrl-Z, and can be answered after fg',
  async () => {
    const steps: [shown: string, keys: string][] = [
      ['$ ', 'npm run --silent configure -- suspended --no-look-up --region eu-west-1\r'],
      ['delegated-administrator', CTRL_Z],
      ['Stopped', 'fg\r'],
      ['fg\n', '\r'],
      ['Organization ID', CTRL_C],
      ['To continue', 'exit\r'],
    ];
    let seen = 0;
    const { printed } = await inTerminal([BASH, '--norc', '--noprofile', '-i'], {
      cwd: projectRoot,
      env: { PS1: '$ ', HISTFILE: '' },
      look: (text, { type }) => {
        const shown = visible(text);
        const [step] = steps;
        if (!step || !shown.slice(seen).includes(step[0])) return;
        seen = shown.length;
        steps.shift();
        type(step[1]);
      },
    });
    expect(visible(printed)).toContain('--collect-from management-account');
  },
);
