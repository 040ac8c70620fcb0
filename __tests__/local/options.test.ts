import fc from 'fast-check';
import { type LocalOptions, parseOptions } from '../../local/options';

/** The process would have ended. */
class Exit extends Error {
  constructor(readonly code: number) {
    super(`exit ${code}`);
  }
}

type Read = { options: LocalOptions } | { code: number; out: string; err: string };

/** Options, or how the process ends. */
function read(argv: readonly string[]): Read {
  const said = { out: '', err: '' };
  try {
    const options = parseOptions(argv, {
      out: (text) => void (said.out += text),
      err: (text) => void (said.err += text),
      exit: (code) => {
        throw new Exit(code);
      },
    });
    return { options };
  } catch (error) {
    if (!(error instanceof Exit)) throw error;
    return { code: error.code, ...said };
  }
}

const NUMBERS = [
  'accounts',
  'seed',
  'users',
  'denied',
  'slow',
  'neverReady',
  'throttled',
  'suspended',
  'listsDenied',
  'days',
  'churn',
] as const;
function flagOf(name: (typeof NUMBERS)[number]): string {
  return `--${name.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`)}`;
}
const FLAGS = [
  ...NUMBERS.map(flagOf),
  '--organization',
  '--environment',
  '--role-name',
  '--wait-seconds',
  '--fail-on',
  '--out',
  '--json',
  '--help',
];

const numberText = fc.oneof(
  fc.nat({ max: 60 }).map(String),
  fc.double().map(String),
  fc.constantFrom('0', '-1', '1e3', '0x10', '50001', ' 7', '', '٣', '9'.repeat(400)),
);
const word = fc.oneof(fc.string(), fc.constantFrom('embedded', 'aws', '--', '-', '--bogus', '__proto__'));
const commandLine = fc
  .array(
    fc.oneof(
      fc.tuple(fc.constantFrom(...FLAGS), numberText),
      fc.tuple(word),
      fc.tuple(fc.constantFrom(...FLAGS), word),
    ),
    {
      maxLength: 5,
    },
  )
  .map((parts) => parts.flat());

describe('the options of the local run', () => {
  it('are options within their bounds, help, or one clear error with code 2', () => {
    fc.assert(
      fc.property(commandLine, (argv) => {
        const result = read(argv);
        if ('options' in result) expectWithinBounds(result.options);
        else if (result.code === 0)
          expect(result).toMatchObject({ out: expect.stringMatching(/^Usage: /) as string, err: '' });
        else
          expect(result).toMatchObject({
            code: 2,
            out: '',
            err: expect.stringMatching(/^error: .*\n$/s) as string,
          });
      }),
      { numRuns: 2_000 },
    );
  });

  it('are the numbers that were written', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50_000 }),
        fc.double({ min: 0, max: 86_400, noNaN: true }),
        (accounts, wait) => {
          expect(read(['--accounts', String(accounts), '--wait-seconds', String(wait)])).toMatchObject({
            options: { accounts, waitSeconds: wait },
          });
        },
      ),
    );
  });

  it.each(['~', '~/reports'])('refuse the folder %s, which the shell was to replace', (folder) => {
    expect(read([`--out=${folder}`])).toMatchObject({
      code: 2,
      err: `error: option '--out <dir>' argument '${folder}' is invalid. The shell has not replaced ~; write a space before it, or the full path; see npm run local -- --help\n`,
    });
    expect(read(['--out=~reports'])).toMatchObject({ options: { out: '~reports' } });
  });

  it('never take a text for a number', () => {
    fc.assert(
      fc.property(fc.constantFrom(...NUMBERS), fc.string(), (name, text) => {
        fc.pre(!/^\d+$/.test(text));
        expect(read([`${flagOf(name)}=${text}`])).toMatchObject({ code: 2 });
      }),
    );
  });
});

describe('--role-name', () => {
  const given = (name: string) => read(['--organization', 'aws', '--role-name', name]);

  it.each(['reader', 'path/reader', 'a/b/c+=,.@_-', 'r'.repeat(64), `${'p'.repeat(510)}/r`])(
    'is %s',
    (name) => {
      expect(given(name)).toMatchObject({ options: { roleName: name } });
    },
  );

  it.each<[name: string, mistake: string]>([
    ['arn:aws:iam::111111111111:role/team/reader', 'not an ARN: use team/reader'],
    ['arn:aws-us-gov:iam::*:role/reader', 'not an ARN: use reader'],
    ['/team/reader', 'must not start with a slash: use team/reader'],
    ['/', 'must not start with a slash'],
    ['', 'must be a role name'],
    ['team/', 'must be a role name'],
    ['a reader', 'must be a role name'],
    ['r\u00f6le', 'must be a role name'],
    ['r'.repeat(65), 'must be a role name'],
    [`${'p'.repeat(511)}/r`, 'must be a role name'],
  ])('cannot be %j: %s', (name, mistake) => {
    expect(given(name)).toMatchObject({ code: 2, err: expect.stringContaining(mistake) as string });
  });
});

describe('--days', () => {
  it('is today alone unless it is given, and has churn only with more days', () => {
    expect(read([])).toMatchObject({ options: { days: 1, churn: 5 } });
    expect(read(['--days', '5', '--churn', '0'])).toMatchObject({ options: { days: 5, churn: 0 } });
    expect(read(['--churn', '9'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('--churn needs --days 2 or more') as string,
    });
  });

  it('cannot be used with a redrive, or with an organization of AWS', () => {
    expect(read(['--days', '2', '--redrive', 'SummarizeRun'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('--redrive is for one day') as string,
    });
    expect(read(['--days', '2', '--organization', 'aws'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('--days cannot be used with --organization aws') as string,
    });
  });
});

describe('several mistakes', () => {
  it('have a line each', () => {
    const argv = ['--accounts', '0', '--users', 'many', '--out', ' ', '--role-name', 'x', '--bogus', 'more'];
    const result = read([...argv, '--environment', 'nowhere', '--denied', '20', '--slow', '20']);
    expect('err' in result && result.err.trim().split('\n')).toEqual([
      "error: option '--accounts <n>' argument '0' is invalid. It must be a whole number from 1 to 50000",
      "error: option '--users <n>' argument 'many' is invalid. It must be a whole number from 0 to 5000",
      "error: option '--out <dir>' argument ' ' is invalid. It must be the path of a folder",
      "error: unknown option '--bogus'",
      'error: --role-name cannot be used with --organization embedded',
      expect.stringMatching(/^error: there is no environment "nowhere": .*; see npm run local -- --help$/),
    ]);
  });
});

function expectWithinBounds(options: LocalOptions): void {
  for (const name of NUMBERS) expect(Number.isSafeInteger(options[name]) && options[name] >= 0).toBe(true);
  const { denied, slow, neverReady, throttled, suspended, accounts, organization, roleName } = options;
  expect(denied + suspended + options.listsDenied).toBeLessThanOrEqual(accounts);
  expect(denied + slow + neverReady + throttled + suspended).toBeLessThanOrEqual(accounts);
  expect(accounts).toBeGreaterThan(0);
  expect(['embedded', 'aws']).toContain(organization);
  if (organization === 'embedded') expect(roleName).toBeUndefined();
  const { waitSeconds = 0 } = options;
  expect(waitSeconds >= 0 && waitSeconds <= 86_400).toBe(true);
}
