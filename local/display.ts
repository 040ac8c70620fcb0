import { SingleBar } from 'cli-progress';
import { printableText } from './printable';

/** Shows a run to a person: with a progress bar on a terminal, in plain lines elsewhere. */
export interface Display {
  /** Whatever the text contains, only its line breaks control the terminal. */
  say(text: string): void;
  /** Sets the number of expected accounts. */
  expect(accounts: number): void;
  /** Shows how many accounts are collected or failed, also before it is known how many are expected. */
  progress(decided: number): void;
  done(): void;
}

/** Shortest time between two plain lines of progress, ms. */
const LINE_INTERVAL = 2_000;

const LONGEST_BAR = 40;
/** Columns that the text beside the bar takes with the most accounts that there can be. */
const LONGEST_TEXT = 50;
/** A terminal that has no size says 0. */
const USUAL_COLUMNS = 80;

export function displayOn(stream: NodeJS.WriteStream): Display {
  // A dumb terminal would show the control sequences of a bar.
  return stream.isTTY && process.env.TERM !== 'dumb' ? bar(stream) : lines(stream);
}

/** Shows the cursor and wraps lines again. */
const RESTORED = '\u001b[?25h\u001b[?7h';

const sayOn = (stream: NodeJS.WriteStream) => (text: string) => {
  stream.write(`${printableText(text)}\n`);
};

function bar(stream: NodeJS.WriteStream): Display {
  const progress = new SingleBar({
    stream,
    // The bar comes last and is the first to go where the line does not fit.
    format: 'Collecting {value} of {total} accounts, {duration_formatted} {bar}',
    barsize: Math.max(0, Math.min(LONGEST_BAR, (stream.columns || USUAL_COLUMNS) - LONGEST_TEXT)),
    hideCursor: true,
    clearOnComplete: true,
  });
  /** Also after `done`: at another Ctrl-C, a terminal discards what it has not shown yet. */
  const restore = () => {
    progress.stop();
    stream.write(RESTORED);
  };
  let expected = 0;
  return {
    say: sayOn(stream),
    expect: (accounts) => {
      expected = accounts;
      progress.start(accounts, 0);
      process.off('exit', restore).once('exit', restore);
    },
    progress: (decided) => {
      if (expected > 0) progress.update(decided);
    },
    done: () => {
      progress.stop();
    },
  };
}

function lines(stream: NodeJS.WriteStream): Display {
  const say = sayOn(stream);
  let expected = 0;
  let shownAt = 0;
  let shown = 0;
  return {
    say,
    expect: (accounts) => {
      expected = accounts;
    },
    progress: (decided) => {
      if (decided === shown || (decided !== expected && Date.now() - shownAt < LINE_INTERVAL)) return;
      [shownAt, shown] = [Date.now(), decided];
      say(
        `Collecting: ${decided} ${expected > 0 ? `of ${expected} accounts` : 'accounts, while others are listed'}`,
      );
    },
    done: () => undefined,
  };
}

export const silent: Display = {
  say: () => undefined,
  expect: () => undefined,
  progress: () => undefined,
  done: () => undefined,
};
