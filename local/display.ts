import { SingleBar } from 'cli-progress';

/** Shows a run to a person: with a progress bar on a terminal, in plain lines elsewhere. */
export interface Display {
  say(line: string): void;
  /** Sets the number of expected accounts. */
  expect(accounts: number): void;
  /** Shows how many of the expected accounts are collected or failed. */
  progress(decided: number): void;
  done(): void;
}

/** Shortest time between two plain lines of progress, ms. */
const LINE_INTERVAL = 2_000;

export function displayOn(stream: NodeJS.WriteStream): Display {
  return stream.isTTY ? bar(stream) : lines(stream);
}

function bar(stream: NodeJS.WriteStream): Display {
  const progress = new SingleBar({
    stream,
    format: 'Collecting {bar} {value} of {total} accounts, {duration_formatted}',
    hideCursor: true,
    clearOnComplete: true,
  });
  return {
    say: (line) => void stream.write(`${line}\n`),
    expect: (accounts) => {
      progress.start(accounts, 0);
    },
    progress: (decided) => {
      progress.update(decided);
    },
    done: () => {
      progress.stop();
    },
  };
}

function lines(stream: NodeJS.WriteStream): Display {
  const say = (line: string) => void stream.write(`${line}\n`);
  let expected = 0;
  let shownAt = 0;
  let shown = 0;
  return {
    say,
    expect: (accounts) => {
      expected = accounts;
    },
    progress: (decided) => {
      if (decided === shown || (decided < expected && Date.now() - shownAt < LINE_INTERVAL)) return;
      [shownAt, shown] = [Date.now(), decided];
      say(`Collecting: ${decided} of ${expected} accounts`);
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
