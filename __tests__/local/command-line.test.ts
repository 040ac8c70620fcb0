import { commandLine, decimalNumber, wholeNumber } from '../../local/command-line';

/** The process would have ended. */
class Exit extends Error {}

/** How a command with one option ends for a command line, and what it prints. */
function run(...argv: string[]) {
  const printed = { out: '', err: '', code: undefined as number | undefined };
  const command = commandLine({
    script: 'example',
    description: 'An example.',
    exitCodes: '0: it worked',
    terminal: {
      out: (text) => void (printed.out += text),
      err: (text) => void (printed.err += text),
      exit: (code) => {
        printed.code = code;
        throw new Exit();
      },
    },
  }).option('--days <n>', 'number of days', wholeNumber(1, 9));
  try {
    command.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof Exit)) throw error;
  }
  return printed;
}

describe('a command line', () => {
  it.each(['-h', '--help'])('prints its options and exit codes for %s and ends with 0', (flag) => {
    const { out, err, code } = run(flag);
    expect({ err, code }).toEqual({ err: '', code: 0 });
    expect(out).toMatch(/^Usage: npm run example -- \[options\]\n\nAn example\.\n/);
    expect(out).toContain('-h, --help');
    expect(out).toContain('Exit codes: 0: it worked; 2: wrong usage\n');
  });

  it.each([
    [['--dasy', '3'], "error: unknown option '--dasy'"],
    [['more'], 'error: too many arguments. Expected 0 arguments but got 1: more'],
    [
      ['--days', '10'],
      "error: option '--days <n>' argument '10' is invalid. It must be a whole number from 1 to 9",
    ],
  ])('ends with 2 for %j and says in one line what is wrong and where help is', (argv, mistake) => {
    expect(run(...argv)).toEqual({
      out: '',
      err: `${mistake}; see npm run example -- --help\n`,
      code: 2,
    });
  });
});

describe('a number on a command line', () => {
  it.each<[parse: (text: string) => number, text: string, value: number]>([
    [wholeNumber(1, 9), '1', 1],
    [wholeNumber(1, 9), '9', 9],
    [wholeNumber(-5, 5), '-5', -5],
    [decimalNumber(0, 3), '0', 0],
    [decimalNumber(0, 3), '2.5', 2.5],
  ])('%#: %s is read', (parse, text, value) => {
    expect(parse(text)).toBe(value);
  });

  it.each<[parse: (text: string) => number, text: string]>([
    [wholeNumber(1, 9), '0'],
    [wholeNumber(1, 9), '10'],
    [wholeNumber(1, 9), '1.5'],
    [wholeNumber(0, 9), '-0'],
    [wholeNumber(0, 9), '1e0'],
    [wholeNumber(0, 9), ''],
    [decimalNumber(0, 3), '3.1'],
    [decimalNumber(0, 3), '-1'],
    [decimalNumber(0, 3), ' '],
    [decimalNumber(0, 3), 'NaN'],
  ])('%#: %j is refused', (parse, text) => {
    expect(() => parse(text)).toThrow('It must be a');
  });
});
