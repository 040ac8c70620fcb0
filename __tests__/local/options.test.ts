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
] as const;
const FLAGS = [
  ...NUMBERS.map((name) => `--${name.replace('R', '-r')}`),
  '--organization',
  '--environment',
  '--role-name',
  '--wait-seconds',
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
        expect(read([`--${name.replace('R', '-r')}=${text}`])).toMatchObject({ code: 2 });
      }),
    );
  });
});

function expectWithinBounds(options: LocalOptions): void {
  for (const name of NUMBERS) expect(Number.isSafeInteger(options[name]) && options[name] >= 0).toBe(true);
  const { denied, slow, neverReady, throttled, suspended, accounts, organization, roleName } = options;
  expect(denied + slow + neverReady + throttled + suspended).toBeLessThanOrEqual(accounts);
  expect(accounts).toBeGreaterThan(0);
  expect(['embedded', 'aws']).toContain(organization);
  if (organization === 'embedded') expect(roleName).toBeUndefined();
  const { waitSeconds = 0 } = options;
  expect(waitSeconds >= 0 && waitSeconds <= 86_400).toBe(true);
}
