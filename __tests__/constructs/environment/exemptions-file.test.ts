import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'cdktf';
import { unzipSync } from 'fflate';
import { CredentialReportStack, InvalidOptions } from '../../../constructs';
import { readEnvironments } from '../../../constructs/environment/environment-files';
import { sha256Of } from '../../../handlers/shared/hash';
import { ExemptionsFile } from '../../../handlers/shared/run-files';
import { handlerBundle } from '../../../constructs/functions/handler-bundle';
import { type SynthesizedStack, readStack } from '../../../local/synthesized-stack';
import { temporaryFolder } from '../../../tools/support/embedded';
import { SynthesizedStack as Synthesized } from '../../../tools/support/synthesized-stack';

const exemption = {
  account: '123456789012',
  user: 'ci-*',
  check: 'key-rotation-90-days',
  reason: 'until the pipeline takes a role',
  expires: '2026-12-31',
};

const { folder, remove } = temporaryFolder();
afterAll(remove);

let tested = 0;
/** A folder of environments with an exemptions file in a folder of its own. */
function environmentsWith(content: unknown, checks: object = {}, options: object = {}): string {
  const environments = join(folder, String(tested++));
  mkdirSync(join(environments, 'exemptions'), { recursive: true });
  const text =
    typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content);
  writeFileSync(join(environments, 'exemptions/prod.json'), text);
  const environment = { checks: { exemptionsFile: 'exemptions/prod.json', ...checks }, ...options };
  writeFileSync(join(environments, 'prod.json'), JSON.stringify(environment));
  return environments;
}

/** The problems of an exemptions file, without the paths in front. */
function problemsOf(content: unknown, checks: object = {}, options: object = {}): string[] {
  const environments = environmentsWith(content, checks, options);
  try {
    readEnvironments(environments);
    return [];
  } catch (error) {
    const front = `${join(environments, 'prod.json')}: checks.exemptionsFile: ${join(environments, 'exemptions/prod.json')}: `;
    return (error as Error).message.split('\n').map((line) => line.replace(front, ''));
  }
}

describe('an exemptions file', () => {
  it('is found from the folder of its environment file', () => {
    const environments = environmentsWith({ $schema: 'x', exemptions: [exemption] });
    expect(readEnvironments(environments).get('prod')?.checks.exemptionsFile).toBe(
      join(environments, 'exemptions/prod.json'),
    );
  });

  it('that is missing is one problem, with its path', () => {
    expect(problemsOf({ exemptions: [] }, { exemptionsFile: 'exemptions/production.json' })).toEqual([
      expect.stringMatching(
        /exemptions\/production\.json: the file cannot be read: no such file or directory \(ENOENT\)$/,
      ),
    ]);
  });

  it('tells every problem at once, with the place and the value', () => {
    const list = [
      { ...exemption, check: 'console-mfaa' },
      { ...exemption, user: 'a b', expires: '2026-02-30' },
      { ...exemption, ou: 'ou-ab12-11111111' },
      { ...exemption, approved: 'me' },
    ];
    expect(problemsOf({ exemptions: list })).toEqual([
      expect.stringMatching(/^exemptions\.0\.check must be the ID of a check: .*; got "console-mfaa"$/),
      expect.stringMatching(/^exemptions\.1\.user must be a user name, .*; got "a b"$/),
      'exemptions.1.expires must be a date, YYYY-MM-DD; got "2026-02-30"',
      expect.stringMatching(
        /^exemptions\.2 must have exactly one of `account`, `owner`, `accountTag`, `ou`; got \{"account":"123456789012"/,
      ),
      'exemptions.3.approved is not a field of an exemption; docs/exemptions.md shows all fields',
    ]);
  });

  it('is read even if the environment file is not valid, so that everything is told at once', () => {
    expect(problemsOf({ exemptions: [{ ...exemption, expires: 'soon' }] }, { unusedDays: -1 })).toEqual([
      expect.stringMatching(/checks\.unusedDays must be a whole number of days from 1 to 3650; got -1$/),
      'exemptions.0.expires must be a date, YYYY-MM-DD; got "soon"',
    ]);
    expect(problemsOf({}, { unusedDays: -1, exemptionsFile: 'x.txt' })).toHaveLength(2);
  });

  it.each([
    ['[]', 'the file must be an object; got []'],
    ['{}', 'exemptions must be a list of exemptions; it is missing'],
    [
      '{"exemptions":[],"owner":"x"}',
      'owner is not a field of an exemptions file: see docs/exemptions.md#in-the-environment-file-or-in-a-file-of-its-own',
    ],
    ['{"exemptions":[],}', /^the file is not JSON: .*trailing comma is not allowed \(line 1, column 18\)$/],
    ['{"exemptions":[],"exemptions":[]}', 'exemptions is given 2 times (line 1); keep one'],
    [Buffer.from('{"exemptions":[]}', 'utf16le'), 'the file cannot be read: it is UTF-16; save it as UTF-8'],
  ])('is refused if it is %j', (content, problem) => {
    const wanted: unknown = problem instanceof RegExp ? expect.stringMatching(problem) : problem;
    expect(problemsOf(content)).toEqual([wanted]);
  });

  it('has no exemption for an owner as long as the environment reads no owners', () => {
    const { account: _account, ...others } = exemption;
    const content = { exemptions: [{ ...others, owner: 'Payments' }] };
    const told =
      'must not be for an `owner` as long as `owners` has no `tag`, `file` or `email`: nobody knows the owners of accounts then';
    expect(problemsOf(content)).toEqual([`exemptions ${told}`]);
    expect(problemsOf(content, { unusedDays: -1 })).toContain(`exemptions ${told}`);
    for (const owners of [{ unitNames: true }, { file: false }])
      expect(problemsOf(content, {}, { owners })).toEqual([`exemptions ${told}`]);
    for (const owners of [{ tag: 'Owner' }, { file: true }, { email: true }])
      expect(problemsOf(content, {}, { owners })).toEqual([]);
    expect(problemsOf({ exemptions: [] }, content)).toEqual([
      expect.stringContaining(`checks.exemptions ${told}`),
    ]);
  });

  it('must not repeat an exemption, neither its own nor one of the environment file', () => {
    const later = { ...exemption, expires: '2027-12-31', reason: 'another reason' };
    const list = [later, { ...exemption, user: 'ada' }, { ...exemption, user: 'ada' }];
    expect(problemsOf({ exemptions: list }, { exemptions: [exemption] })).toEqual([
      'exemptions must not repeat a check, accounts and user: exemptions.0 is like checks.exemptions.0; keep one',
      'exemptions must not repeat a check, accounts and user: exemptions.2 is like exemptions.1; keep one',
    ]);
  });

  it('with thousands of problems tells the first 50 and the number of the others', () => {
    const list = Array.from({ length: 500 }, (_, number) => ({ ...exemption, user: `not valid ${number}` }));
    const found = problemsOf({ exemptions: list });
    expect(found).toHaveLength(51);
    expect(found[50]).toBe('and 450 more problems');
  });

  it('has at most 50,000 exemptions', () => {
    const list = (length: number) => ({
      exemptions: Array.from({ length }, (_, number) => ({ ...exemption, user: `user-${number}` })),
    });
    expect(problemsOf(list(50_000))).toEqual([]);
    expect(problemsOf(list(50_001))).toEqual([
      expect.stringMatching(/^exemptions must have at most 50000 exemptions; .*; got \[/),
    ]);
  });
});

describe('a stack with an exemptions file', () => {
  const list = [
    exemption,
    { ...exemption, account: undefined, accountTag: { key: 'team', value: 'a' } },
    { ...exemption, account: undefined, accountTag: { key: 'stage', value: 'b' } },
  ];
  /** What Terraform would deploy, with the code of the functions. */
  function stackOf(content: unknown): SynthesizedStack {
    const environments = environmentsWith(content);
    const outdir = join(environments, 'out');
    const app = new App({ outdir });
    for (const [name, environment] of readEnvironments(environments))
      new CredentialReportStack(app, name, environment);
    app.synth();
    return readStack(join(outdir, 'stacks/prod/cdk.tf.json'), '111111111111');
  }
  const filesOf = ({ functions }: SynthesizedStack, handler: string) =>
    unzipSync(readFileSync(functions.find(({ name }) => name.endsWith(handler))?.zip ?? ''));
  const text = JSON.stringify({ exemptions: list }, null, 2);

  it('passes only its hash, its size, and the tags that it needs to the functions', () => {
    const definition = JSON.stringify(stackOf(text).stateMachine.definition);
    expect(definition).toContain(
      `"exemptions":[],"exemptionsFile":{"sha256":"${sha256Of(text)}","bytes":${text.length}},"exemptionTags":["stage","team"]}`,
    );
  });

  it('deploys every byte of it with list-accounts, and with no other function', () => {
    const stack = stackOf(text);
    const files = filesOf(stack, '-list-accounts');
    expect(Object.keys(files)).toEqual(['index.js', 'exemptions.json']);
    expect(Buffer.from(files['exemptions.json'] ?? '').toString()).toBe(text);
    expect(ExemptionsFile.safeParse(JSON.parse(text)).success).toBe(true);
    expect(Object.keys(filesOf(stack, '-summarize-run'))).toEqual(['index.js']);
  });

  it('needs no resource that a stack without one does not need', () => {
    const resourcesOf = (checks: object) => [...new Synthesized({ checks }).resources.keys()];
    const exemptionsFile = join(environmentsWith(text), 'exemptions/prod.json');
    expect(resourcesOf({ exemptionsFile })).toEqual(resourcesOf({}));
  });

  it('is refused if somebody else uses the construct with a file that is not valid', () => {
    const path = join(environmentsWith({ exemptions: [{}] }), 'exemptions/prod.json');
    expect(() => new Synthesized({ checks: { exemptionsFile: path } })).toThrow(InvalidOptions);
  });
});

describe('the code of a function', () => {
  it('is the same bundle for environments without a file, and another one for each file', () => {
    const one = handlerBundle('list-accounts');
    const withFile = handlerBundle('list-accounts', { 'exemptions.json': Buffer.from('1') });
    expect(handlerBundle('list-accounts')).toBe(one);
    expect(withFile.hash).not.toBe(one.hash);
    expect(unzipSync(readFileSync(withFile.path))['index.js']).toEqual(
      unzipSync(readFileSync(one.path))['index.js'],
    );
  });
});
