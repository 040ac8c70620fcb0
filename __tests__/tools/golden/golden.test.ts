import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { normalize } from '../../../tools/golden/normalize';
import { goldenFiles } from '../../../tools/golden/stacks';
import { temporaryFolder } from '../../../tools/support/embedded';

const { folder, remove } = temporaryFolder();
afterAll(remove);

let count = 0;
/** A project with these environment files. */
function project(files: Record<string, object>): string {
  const root = join(folder, String(count++));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), JSON.stringify(content));
  }
  return root;
}

describe('golden/', () => {
  it('has a file for every environment, every example, and the report role module', () => {
    const root = project({
      'environments/dev.json': { reportRoleName: 'dev' },
      'environments/production.json': {},
      'examples/large.json': {},
    });
    const { files, folder: goldenFolder } = goldenFiles(root);
    expect([...files.keys()].sort()).toEqual([
      'golden/dev.json',
      'golden/large.json',
      'golden/production.json',
      'golden/report-role.json',
    ]);
    expect(goldenFolder).toBe('golden');
    for (const text of files.values()) expect(text).not.toContain(process.cwd());
  });

  it('needs no examples', () => {
    const { files } = goldenFiles(project({ 'environments/production.json': {} }));
    expect([...files.keys()]).toEqual(['golden/production.json', 'golden/report-role.json']);
  });

  it('refuses an environment and an example with the same name', () => {
    const root = project({ 'environments/production.json': {}, 'examples/production.json': {} });
    expect(() => goldenFiles(root)).toThrow('production is in environments and in examples; rename one of them');
  });
});

describe('a normalized stack', () => {
  const stack = (changes: object) =>
    normalize(
      JSON.stringify({
        terraform: { backend: { local: { path: '/home/somebody/terraform.tfstate' } } },
        resource: {
          aws_lambda_function: {
            one: {
              '//': { metadata: { path: 'a/b' } },
              filename: 'assets/x/A1/one.zip',
              timeout: 3,
              ...changes,
            },
          },
        },
      }),
    );

  it('is the same when only the code of a function or the machine changes', () => {
    const other = stack({ filename: 'assets/x/B2/one.zip', source_code_hash: 'other=' });
    expect(other).toBe(stack({ source_code_hash: 'one=' }));
    expect(other).not.toContain('/home');
    expect(other).not.toContain('//');
    expect(other).toContain('"one.zip"');
  });

  it('differs when infrastructure changes', () => {
    expect(stack({ timeout: 4 })).not.toBe(stack({}));
    expect(stack({ filename: 'assets/x/A1/two.zip' })).not.toBe(stack({}));
  });

  it('shows a policy line by line, and leaves text that only looks like JSON unchanged', () => {
    const shown = JSON.parse(stack({ policy: '{"Statement":[]}', description: '[draft' })) as {
      resource: { aws_lambda_function: { one: Record<string, unknown> } };
    };
    expect(shown.resource.aws_lambda_function.one).toMatchObject({
      policy: { Statement: [] },
      description: '[draft',
    });
  });

  it('keeps a path that is not the path of the state', () => {
    expect(stack({ path: '/service-role/' })).toContain('"/service-role/"');
  });
});
