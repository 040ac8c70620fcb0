/** The documents say what is there: their links, commands, options and examples. */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { readEnvironments } from '../constructs/environment/environment-files';
import { failureReasons } from '../handlers/shared/failure-reasons';
import { temporaryFolder } from '../tools/support/embedded';
import { projectRoot } from '../tools/support/project-root';

const { folder, remove } = temporaryFolder();
afterAll(remove);

const markdownIn = (path: string) =>
  readdirSync(join(projectRoot, path))
    .filter((file) => file.endsWith('.md'))
    .map((file) => join(path, file));
const documents = [...markdownIn('.'), ...markdownIn('docs')];
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
  const rows = (heading: string) => {
    const [, section = ''] = text('README.md').split(`\n${heading}\n`);
    const [table = ''] = /^\|[\s\S]*?(?=\n[^|])/m.exec(section) ?? [];
    return [...table.matchAll(/^\| `([^`]+)`/gm)].map(([, name]) => name);
  };

  it('has every option of an environment, and no other', () => {
    const { properties } = JSON.parse(text('environments/schema.json')) as { properties: object };
    expect(rows('## Options').sort()).toEqual(
      Object.keys(properties)
        .filter((field) => field !== '$schema')
        .sort(),
    );
  });

  it('has every reason for which an account can fail, as the operations have', () => {
    const reasons = [...failureReasons].sort();
    expect(rows('## What lies in the bucket').sort()).toEqual(reasons);
    for (const reason of reasons) expect(text('docs/operations.md')).toContain(`| \`${reason}\``);
  });

  it('shows states that the state machine has', () => {
    const definition = text('golden/production.json');
    const shown = [...text('docs/images/flow.svg').matchAll(/class="name"[^>]*>([A-Z][a-z]+[A-Z]\w+)</g)];
    expect(shown).toHaveLength(5);
    for (const [, state = ''] of shown) expect(definition).toContain(`"${state}"`);
  });
});

describe('the scripts of package.json', () => {
  it('are all explained by help, or are parts of check', () => {
    const explained = Object.keys(scripts).filter((script) =>
      new RegExp(`npm (run )?${script}\\b`).test(text('help')),
    );
    expect(Object.keys(scripts).filter((script) => !explained.includes(script))).toEqual([
      'format',
      'format:check',
      'lint',
      'types',
    ]);
  });

  it.each([...documents, 'help'])('are there when %s names them', (document) => {
    const named = [...text(document).matchAll(/npm run (?:--silent |-s )?([a-z][\w:-]*)/g)];
    for (const [, script = ''] of named) expect(Object.keys(scripts)).toContain(script);
  });
});

describe('an environment file in a document', () => {
  const environments = fenced('json').filter(({ code }) => code.includes('"$schema"'));

  it.each(environments)('is one that is accepted ($document)', ({ code }) => {
    const environment = join(folder, `environment-${environments.findIndex((one) => one.code === code)}`);
    mkdirSync(environment);
    writeFileSync(join(environment, 'production.json'), code);
    expect(readEnvironments(environment).size).toBe(1);
  });
});

/** Commands that no test can run, by how they begin, and why. */
const notHere: readonly [RegExp, string][] = [
  [/^(aws|terraform|cdktf|gh) |AWS_PROFILE=/, 'needs AWS, or an installation of its own'],
  [/^(\w+=|diff -rq|jq )/, 'goes on with what a command of AWS answered'],
  [/^npm install --/, 'changes the machine, or the project'],
  [/^npm run (test:\w+|bench(:\w+)?|verify:cdktn)\b/, 'takes minutes, or needs other programs'],
  [/^npm (test|ci)$/, 'is what runs this'],
  [/^npm run check$/, 'is what runs beside this'],
  [/^npm run screenshots/, 'needs Chromium and a page'],
];

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
    mkdirSync(project);
    for (const part of readdirSync(projectRoot)) {
      if (['node_modules', '.git', 'cdktf.out', 'local-run', 'dist'].includes(part)) continue;
      cpSync(join(projectRoot, part), join(project, part), { recursive: true });
    }
    symlinkSync(join(projectRoot, 'node_modules'), join(project, 'node_modules'));
  });

  it('is run here, or one of those that cannot be', () => {
    expect(
      runnable.map(({ command }) => command).filter((command) => !command.startsWith('npm run ')),
    ).toEqual([]);
    expect(runnable).not.toEqual([]);
  });

  it.each([...new Map(runnable.map((one) => [one.command, one])).values()])(
    'works: $command ($document)',
    ({ command }) => {
      // Nobody is there to be asked.
      const answered = command.replace(/^npm run configure -- \w+$/, '$& --yes');
      execFileSync('bash', ['-c', answered], { cwd: project, stdio: ['ignore', 'pipe', 'pipe'] });
    },
  );
});
