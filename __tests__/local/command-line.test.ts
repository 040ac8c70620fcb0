import { Option } from 'commander';
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
  })
    .option('--days <n>', 'number of days', wholeNumber(1, 9))
    .option('--last <n>', 'last day', wholeNumber(1, 9))
    .option('--json', 'prints JSON')
    .addOption(new Option('--size <size>', 'how much').choices(['small', 'large']))
    .check<{ days: number; last: number }>(({ days = NaN, last = NaN }) =>
      last <= days ? ['--last must be after --days'] : [],
    );
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
    [['--d\u001B[31m\n', '3'], "error: unknown option '--d?[31m?'"],
    [['more', 'and more'], 'error: too many arguments: more and more; expected 0'],
    [
      ['--days', '10'],
      "error: option '--days <n>' argument '10' is invalid. It must be a whole number from 1 to 9",
    ],
    [['--days'], "error: option '--days <n>' argument missing"],
    [['--dasy=3'], "error: unknown option '--dasy'"],
    [['-3'], 'error: too many arguments: -3; expected 0'],
  ])('ends with 2 for %j and says in one line what is wrong and where help is', (argv, mistake) => {
    expect(run(...argv)).toEqual({
      out: '',
      err: `${mistake}; see npm run example -- --help\n`,
      code: 2,
    });
  });
});

describe('a command line with several mistakes', () => {
  it('names each in its own line, and points to help once', () => {
    expect(run('--days', '10', '--dasy', '--dyas', '--size', 'huge', '--last', '0')).toMatchObject({
      out: '',
      err: [
        "error: option '--days <n>' argument '10' is invalid. It must be a whole number from 1 to 9",
        "error: option '--size <size>' argument 'huge' is invalid. Allowed choices are small, large",
        "error: option '--last <n>' argument '0' is invalid. It must be a whole number from 1 to 9",
        "error: unknown option '--dasy'",
        "error: unknown option '--dyas'; see npm run example -- --help\n",
      ].join('\n'),
      code: 2,
    });
  });

  it('is checked as a whole too, without the values that are wrong', () => {
    expect(run('--days', '9', '--last', '1', '--dasy').err).toBe(
      "error: unknown option '--dasy'\nerror: --last must be after --days; see npm run example -- --help\n",
    );
    expect(run('--days', '10', '--last', '1').err).not.toContain('after');
  });

  it('is not refused when help is asked for', () => {
    expect(run('--days', '10', '--help')).toMatchObject({ err: '', code: 0 });
  });
});

describe('an option that npm took because -- is missing', () => {
  const before = { ...process.env };
  afterEach(() => {
    process.env = { ...before };
  });

  it('is named, with what to write', () => {
    Object.assign(process.env, { npm_lifecycle_event: 'example', npm_config_days: 'true' });
    expect(run('5')).toMatchObject({
      err: 'error: npm took --days for its own options; write npm run example -- --days <n>; see npm run example -- --help\n',
      code: 2,
    });
  });

  it('is not one of another script, or one that npm has too', () => {
    Object.assign(process.env, { npm_lifecycle_event: 'test', npm_config_days: 'true' });
    expect(run('--days', '5')).toMatchObject({ err: '', code: undefined });
    Object.assign(process.env, { npm_lifecycle_event: 'example', npm_config_json: 'true' });
    delete process.env.npm_config_days;
    expect(run('--days', '5')).toMatchObject({ err: '', code: undefined });
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
