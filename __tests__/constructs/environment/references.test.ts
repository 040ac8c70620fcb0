import { validateEnvironment } from '../../../constructs/environment/problems';
import { everyOption } from '../../../tools/provider-schema/every-option';

type Json = Record<string, unknown>;

/** Paths of all texts in it. */
function textsIn(value: unknown, path: string[] = []): string[][] {
  if (typeof value === 'string') return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => textsIn(inner, [...path, name]));
}

function changed(environment: object, path: readonly string[], text: string): object {
  const copy = structuredClone(environment) as Json;
  const parent = path.slice(0, -1).reduce((value, step) => value[step] as Json, copy);
  parent[path.at(-1) ?? ''] = text;
  return copy;
}

function problemsOf(environment: object): readonly { field: string; text: string }[] {
  const validated = validateEnvironment(environment);
  return 'problems' in validated ? validated.problems : [];
}

describe('text that Terraform would evaluate', () => {
  const places = Object.values(everyOption).flatMap((environment) =>
    textsIn({ $schema: './schema.json', ...environment }).map((path) => ({ environment, path })),
  );

  it.each(['${path.root}/x', 'a %{ if true }b%{ endif }', '$${x}', '#{TfToken[TOKEN.0]}'])(
    'is refused wherever an environment has text: %s',
    (text) => {
      expect(places.length).toBeGreaterThan(60);
      const accepted = places.filter(
        ({ environment, path }) =>
          !problemsOf(changed(environment, path, text)).some(({ field }) => field === path.join('.')),
      );
      expect(accepted.map(({ path }) => path.join('.'))).toEqual([]);
    },
  );

  it('is told once for a field, with its value, and all at once', () => {
    const texts = problemsOf({
      backend: { kind: 's3', bucket: 'state', key: '${path.root}/x', region: 'us-east-1' },
      tags: { team: '${var.team}', '%{x}': '' },
      digest: '${x}',
    }).map(({ text }) => text);
    expect(texts).toContain(
      'backend.key must not contain ${ or %{, which Terraform would evaluate; got "${path.root}/x"',
    );
    expect(texts).toHaveLength(4);
  });

  it('is refused as the name of a field', () => {
    expect(problemsOf({ '${x}': 1 }).map(({ field }) => field)).toEqual(['${x}']);
  });

  it('is not a dollar or percent sign alone', () => {
    const exemption = { account: '*', user: 'ci', check: 'console-mfa', expires: '2030-01-01' };
    const checks = { exemptions: [{ ...exemption, reason: 'costs $5, 100% {sic}' }] };
    expect(problemsOf({ checks })).toEqual([]);
  });
});
