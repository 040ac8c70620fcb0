import { normalized } from '../../../tools/golden/normalize';
import { committedGoldens, synthesizedGoldens } from '../../../tools/golden/stacks';

describe('golden/', () => {
  const synthesized = synthesizedGoldens();
  const committed = committedGoldens();

  it('has a file for every environment, every example and the role module; `npm run golden` renews it', () => {
    expect([...committed.keys()]).toEqual([...synthesized.keys()].sort());
  });

  it.each([...synthesized])('%s is what is synthesized; `npm run golden` renews it', (file, content) => {
    expect(committed.get(file)).toBe(content);
  });

  it('says nothing of this machine', () => {
    expect([...synthesized.values()].filter((content) => content.includes(process.cwd()))).toEqual([]);
  });
});

describe('a normalized stack', () => {
  const stack = (changes: object) =>
    normalized(
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

  it('is the same when only the code of a function changed, or the machine', () => {
    const other = stack({ filename: 'assets/x/B2/one.zip', source_code_hash: 'other=' });
    expect(other).toBe(stack({ source_code_hash: 'one=' }));
    expect(other).not.toContain('/home');
    expect(other).not.toContain('//');
    expect(other).toContain('"one.zip"');
  });

  it('is another when infrastructure changed', () => {
    expect(stack({ timeout: 4 })).not.toBe(stack({}));
    expect(stack({ filename: 'assets/x/A1/two.zip' })).not.toBe(stack({}));
  });

  it('shows a policy line by line, and leaves alone what only looks like JSON', () => {
    const shown = JSON.parse(stack({ policy: '{"Statement":[]}', description: '[draft' })) as {
      resource: { aws_lambda_function: { one: Record<string, unknown> } };
    };
    expect(shown.resource.aws_lambda_function.one).toMatchObject({
      policy: { Statement: [] },
      description: '[draft',
    });
  });

  it('keeps a path that is not that of the state', () => {
    expect(stack({ path: '/service-role/' })).toContain('"/service-role/"');
  });
});
