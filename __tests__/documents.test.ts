/** The documents say what is there: their links, commands, options and examples. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { readEnvironments } from '../constructs/environment/environment-files';
import { temporaryFolder } from '../tools/support/embedded';
import { projectRoot } from '../tools/support/project-root';
import { SynthesizedStack } from '../tools/support/synthesized-stack';
import { projectCopy } from './support/project-copy';

const { folder, remove } = temporaryFolder();
afterAll(remove);

const markdownIn = (path: string) =>
  readdirSync(join(projectRoot, path))
    .filter((file) => file.endsWith('.md'))
    .map((file) => join(path, file));
const documents = ['.', '.github', 'docs', 'docs/decisions'].flatMap(markdownIn);
const text = (document: string) => readFileSync(join(projectRoot, document), 'utf8');

/** What stands between fences of a language, with the document. */
function fenced(language: string): { document: string; code: string }[] {
  return documents.flatMap((document) =>
    [...text(document).matchAll(new RegExp(`^( *)\`\`\`${language}\\n([\\s\\S]*?)^ *\`\`\``, 'gm'))].map(
      ([, indent = '', code = '']) => ({
        document,
        code: code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
      }),
    ),
  );
}

const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
const anchors = (document: string) =>
  [...text(document).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => anchorOf(heading));

const { scripts } = JSON.parse(text('package.json')) as { scripts: Record<string, string> };

describe('links', () => {
  const links = documents.flatMap((document) =>
    [...text(document).matchAll(/(?:\]\(|src="|srcset=")([^)"\s]+)/g)].flatMap(([, link = '']) =>
      /^[a-z]+:/.test(link) ? [] : [[document, link] as const],
    ),
  );

  it.each(links)('of %s to %s lead somewhere', (document, link) => {
    const [file = '', anchor] = link.split('#');
    const target =
      file === '' ? document : relative(projectRoot, resolve(projectRoot, dirname(document), file));
    expect(existsSync(join(projectRoot, target))).toBe(true);
    if (anchor !== undefined) expect(anchors(target)).toContain(anchor);
  });
});

describe('the README', () => {
  it('has at most 150 lines', () => {
    expect(text('README.md').split('\n').length - 1).toBeLessThanOrEqual(150);
  });

  it('shows states that the state machine has', () => {
    const definition = new SynthesizedStack().resource('workflow/state-machine').definition as string;
    const shown = [...text('docs/images/flow.svg').matchAll(/class="name"[^>]*>([A-Z][a-z]+[A-Z]\w+)</g)];
    expect(shown).toHaveLength(5);
    for (const [, state = ''] of shown) expect(definition).toContain(`"${state}"`);
  });
});

describe('an index', () => {
  const linked = (index: string) =>
    [...text(index).matchAll(/\]\(([^)#\s]+)/g)].map(([, link = '']) => join(dirname(index), link));

  it.each([
    ['docs/README.md', 'docs'],
    ['docs/decisions/README.md', 'docs/decisions'],
  ])('%s has every document of its folder', (index, inFolder) => {
    const examples = ['docs/plan-comment-example.md'];
    const expected = markdownIn(inFolder).filter((path) => path !== index && !examples.includes(path));
    expect(linked(index)).toEqual(expect.arrayContaining(expected));
  });
});

describe('the card of commands, help,', () => {
  it('has fewer than 30 lines', () => {
    expect(text('help').trimEnd().split('\n').length).toBeLessThan(30);
  });
});

describe('the scripts of package.json', () => {
  it('are all explained by help, or are parts of check', () => {
    const explained = Object.keys(scripts).filter((script) =>
      new RegExp(`npm (run )?${script}\\b`).test(text('help')),
    );
    expect(Object.keys(scripts).filter((script) => !explained.includes(script))).toEqual([
      'format:check',
      'lint',
      'types',
    ]);
  });

  it.each([...documents, 'help'])('exist if %s names them', (document) => {
    const named = [...text(document).matchAll(/npm run (?:--silent |-s )?([a-z][\w-]*(?::[\w-]+)*)/g)];
    for (const [, script = ''] of named) expect(Object.keys(scripts)).toContain(script);
  });
});

describe('an environment file in a document', () => {
  const environments = fenced('json').filter(({ code }) => code.includes('"$schema"'));

  it.each(environments)('is valid ($document)', ({ code }) => {
    const environment = join(folder, `environment-${environments.findIndex((one) => one.code === code)}`);
    mkdirSync(environment);
    writeFileSync(join(environment, 'production.json'), code);
    // A file may name another one.
    cpSync(
      join(projectRoot, 'examples/exemptions/large-organization.json'),
      join(environment, 'exemptions/production.json'),
    );
    expect(readEnvironments(environment).size).toBe(1);
  });
});

/** Commands that no test can run, by their start, and why. */
const notHere: readonly [RegExp, string][] = [
  [/^(aws|terraform|cdktf|gh) |AWS_PROFILE=/, 'needs AWS, or another program'],
  [/^(\w+=|echo "\$|diff -rq|jq )/, 'uses the output of an AWS command, or is a placeholder'],
  [/^npm run verify -- /, 'needs evidence that was stored; __tests__/tools/verify tests it'],
  [/^npm run verify:teststate\b/, 'needs AWS; __tests__/tools/teststate tests it'],
  [/^npm install --g/, 'changes the machine'],
  [
    /^(npm run build:module$|npm run module:moves -- |cp -r dist\/terraform-)/,
    'takes minutes; __tests__/e2e/module.e2e.ts does it',
  ],
  [/^npm (pack|install) /, 'needs the registry; __tests__/e2e/installed-package.e2e.ts runs it'],
  [/^npm run (test:\w+|bench(:\w+)?|verify:cdktn)\b/, 'takes minutes, or needs other programs'],
  [/^checkov /, 'needs checkov; __tests__/peers/checkov.peers.ts tests it'],
  [/^(pip install|python3 tools\/peers\/ocsf\/)/, 'needs Python; __tests__/peers/ocsf.peers.ts tests it'],
  [/^npm run doctor -- /, 'needs AWS; __tests__/tools/doctor and __tests__/e2e/doctor.e2e.ts test it'],
  [/^npm run report -- /, 'needs AWS; __tests__/tools/report tests it'],
  [/ --organization aws\b/, 'needs AWS; __tests__/local/organization-aws.moto.ts tests it'],
  [/^npm run lock\b/, 'needs Terraform and its registry; __tests__/e2e/provider-lock.e2e.ts tests it'],
  [/^npm (test|ci|ci --ignore-scripts)$/, 'runs this test'],
  [/^git (pull|tag|push)\b/, 'changes the project'],
  [/^sha256sum /, 'needs the files of a release'],
  [/^npm run check$/, 'runs next to this test'],
  [/^npm run screenshots/, 'needs Chromium and a page'],
];

/** What runs the commands of the table of the README that no document has in a block, and words of the file that do it. */
const OF_TABLE: readonly [RegExp, file: string, words: string][] = [
  [/^npm ci$/, '.ci/run', 'npm ci'],
  [/^npm run configure /, '__tests__/tools/configure/command.test.ts', 'tools/configure/main.ts'],
  [/^npm run synth$/, '__tests__/synth.test.ts', 'main.ts'],
  [/^npm (run build:package|pack|install) ?/, '__tests__/e2e/installed/app.ts', "'build:package'"],
  [/^npm run build:module$/, '__tests__/e2e/module.e2e.ts', "'build:module'"],
  [/^terraform (init|apply)$/, '__tests__/e2e/module.e2e.ts', 'terraform.applyActions()'],
  [/^npm run build:role-module$/, '__tests__/e2e/account-factory.e2e.ts', "'build:role-module'"],
  [/^npm run build:role-template$/, '__tests__/e2e/report-role.e2e.ts', "'build:role-template'"],
];

describe('a command of the table "Which way for whom"', () => {
  const [, table = ''] = text('README.md').split('## Which way for whom');
  const rows = table
    .split('\n## ')[0]!
    .split('\n')
    .filter((line) => /^\| (deploy|have|write)/.test(line));

  it.each(rows)('is run by a test, and there are three: %s', (row) => {
    const cell = row.split('|').at(-2) ?? '';
    const found = [...cell.matchAll(/`([^`]+)`/g)].map(([, command = '']) => command);
    expect(found.slice(0, 3)).toHaveLength(3);
    for (const command of found.filter((one) => !one.startsWith('dist/'))) {
      const [, file = '', words = ''] = OF_TABLE.find(([begin]) => begin.test(command)) ?? [];
      expect({ command, isRun: file !== '' && text(file).includes(words) }).toEqual({ command, isRun: true });
    }
  });

  it('is one of four ways', () => {
    expect(rows).toHaveLength(4);
  });
});

describe('a command in a document', () => {
  const commands = fenced('sh').flatMap(({ document, code }) =>
    code
      .replaceAll(/\\\n/g, ' ')
      .replaceAll(/\|\n/g, '| ')
      .split('\n')
      .map((line) => line.replace(/\s+#.*$/, '').trim())
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => ({ document, command: line.replace(/^npm ci && /, '') })),
  );
  const runnable = commands.filter(({ command }) => !notHere.some(([begin]) => begin.test(command)));
  const project = join(folder, 'project');

  beforeAll(() => {
    projectCopy(project);
  });

  it('is run here, unless it is listed as one that cannot be', () => {
    expect(
      runnable.map(({ command }) => command).filter((command) => !command.startsWith('npm run ')),
    ).toEqual([]);
    expect(runnable).not.toEqual([]);
  });

  const run = (command: string) => {
    // No terminal, so no questions.
    const answered = command.replace(/^npm run configure -- \w+$/, '$& --yes');
    const { status, stdout, stderr } = spawnSync('bash', ['-c', answered], {
      ...{ cwd: project, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
    });
    return { status, stdout, stderr };
  };

  it.each([...new Map(runnable.map((one) => [one.command, one])).values()])(
    'works: $command ($document)',
    ({ command }) => {
      // A bad day is a run that is not complete.
      const status = command.includes(' --denied ') ? 3 : 0;
      expect(run(command)).toMatchObject({ status });
    },
  );

  it('prints what the README shows', () => {
    const [, shown = ''] =
      /npm ci && npm run local\n```\n\n```\n([\s\S]*?)\n```/.exec(text('README.md')) ?? [];
    expect(shown).not.toBe('');
    // A run compares itself with an earlier one.
    rmSync(join(project, 'local-run'), { recursive: true, force: true });
    expect(stablePart(run('npm run --silent local').stdout)).toEqual(stablePart(shown));
  });
});

/** What is the same in every run: without dates and durations. */
function stablePart(output: string): string[] {
  return output
    .trim()
    .replaceAll(/\d{4}-\d{2}-\d{2}/g, 'DATE')
    .replaceAll(/local-\w+Z/g, 'EXECUTION')
    .replaceAll(/ in [\d.]+ s/g, ' in TIME')
    .split('\n')
    .filter((line) => !line.startsWith('Collecting:'));
}
