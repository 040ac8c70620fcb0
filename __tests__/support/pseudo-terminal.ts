/** A real pseudo-terminal. Its package has the binaries for each platform, so that tests need nothing but Node.js. */
import { spawn } from '@lydell/node-pty';
import { setTimeout as pause } from 'node:timers/promises';

export interface TerminalProps {
  cwd: string;
  env?: Record<string, string>;
  /** @default 80 */
  columns?: number;
  /** Called again and again with what was printed so far, until the command ends. */
  look?: (printed: string, keyboard: Keyboard) => void;
}

export interface Keyboard {
  type: (keys: string) => void;
  /** Ends the command as another process would. */
  kill: (signal: 'SIGTERM' | 'SIGHUP') => void;
}

export const CTRL_C = '\u0003';

export interface Ended {
  /** As a shell tells it: 128 and the number of the signal that ended the command. */
  code: number;
  printed: string;
  /** What a person sees of the cursor, and of lines that are too long, afterwards. */
  cursor: 'visible' | 'hidden';
  wrap: 'on' | 'off';
}

/** Runs a command in a terminal of its own. */
export async function inTerminal(command: string[], props: TerminalProps): Promise<Ended> {
  const { cwd, env = {}, columns = 80, look } = props;
  const [program = '', ...words] = command;
  const terminal = spawn(program, words, {
    ...{ cwd, cols: columns, rows: 24, name: env.TERM ?? 'xterm-256color' },
    env: { ...process.env, ...env },
  });
  let printed = '';
  terminal.onData((text) => (printed += text));
  let code: number | undefined;
  terminal.onExit(({ exitCode, signal }) => (code = signal ? 128 + signal : exitCode));
  const keyboard: Keyboard = {
    type: (keys) => {
      terminal.write(keys);
    },
    kill: (signal) => {
      terminal.kill(signal);
    },
  };
  while (code === undefined) {
    look?.(printed, keyboard);
    await pause(10);
  }
  const isLast = (on: string, off: string) => printed.lastIndexOf(on) >= printed.lastIndexOf(off);
  return {
    ...{ code, printed },
    cursor: isLast('\u001b[?25h', '\u001b[?25l') ? 'visible' : 'hidden',
    wrap: isLast('\u001b[?7h', '\u001b[?7l') ? 'on' : 'off',
  };
}

/** What a person sees: without a line that was cleared, and without what else controls the terminal. */
export const visible = (printed: string) =>
  printed
    .replaceAll(/[^\n]*\u001b\[2K/g, '')
    .replaceAll(/\u001b(\[[0-9;?]*[a-zA-Z]|[78])/g, '')
    .replaceAll('\r\n', '\n');
