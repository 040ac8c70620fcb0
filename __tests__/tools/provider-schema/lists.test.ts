/** The lists about the provider are about what is synthesized. */
import { holdersOf, inSchema } from '../../../tools/provider-schema/attribute-path';
import { deprecated } from '../../../tools/provider-schema/deprecated';
import { type StackJson, everyStack } from '../../../tools/provider-schema/every-option';
import { filledByAws } from '../../../tools/provider-schema/filled-by-aws';
import { providerSchema } from '../../../tools/provider-schema/provider-schema';
import { adaptToProvider5, unprovenAttributes } from '../../../tools/provider-schema/unproven';
import { SynthesizedStack } from '../../../tools/support/synthesized-stack';

const stacks = [...everyStack().values()];

/** Every block that can have an attribute, and whether it has it. */
function usesOf(attribute: string): boolean[] {
  return stacks.flatMap((stack) => {
    const { holders, name } = holdersOf(stack, attribute);
    return holders.map((holder) => name in holder);
  });
}

describe.each(filledByAws)('$attribute, which AWS fills', ({ attribute, handled, source }) => {
  const kind = inSchema(providerSchema, attribute);
  const uses = usesOf(attribute);

  it('is in the schema, and has a source', () => {
    expect(kind).toBeDefined();
    expect(source).toMatch(/^https:\/\//);
  });

  const rules: Record<typeof handled, () => void> = {
    set: () => {
      expect(uses).toContain(true);
      // What is set in some cases only must be taken over in the others.
      if (kind !== 'filled') expect(uses).not.toContain(false);
    },
    'taken over': () => {
      // The bindings do not say it of a block.
      expect(typeof kind === 'object' ? 'filled' : kind).toBe('filled');
    },
    ignored: () => {
      const [type = '', name] = attribute.split('.');
      const resources = stacks.flatMap((stack) => Object.values(stack.resource?.[type] ?? {}));
      expect(resources).not.toEqual([]);
      for (const resource of resources)
        expect(resource).toMatchObject({ lifecycle: { ignore_changes: [name] } });
    },
    'not compared': () => {
      expect(uses).toContain(false);
      expect(uses).not.toContain(true);
    },
  };
  it(`is ${handled}`, rules[handled]);
});

describe('what the provider deprecates', () => {
  it.each(deprecated)('is not set: $attribute', ({ attribute }) => {
    expect(usesOf(attribute)).not.toContain(true);
  });

  it.each(deprecated.filter(({ attribute }) => attribute.startsWith('data.')))(
    'is not read: $attribute',
    ({ attribute }) => {
      const [type, name] = [attribute.split('.')[1], attribute.split('.').at(-1)];
      expect(JSON.stringify(stacks)).not.toMatch(new RegExp(`\\bdata\\.${type}\\.[^}]*\\b${name}\\b`));
    },
  );

  it.each(deprecated.filter(({ attribute }) => !attribute.startsWith('data.')))(
    'is still in the schema: $attribute',
    ({ attribute }) => {
      expect(inSchema(providerSchema, attribute)).toBeDefined();
    },
  );

  it('is found when it is used', () => {
    const json: StackJson = { resource: { aws_s3_bucket: { one: { acl: 'private' } } } };
    const { holders, name } = holdersOf(json, 'aws_s3_bucket.acl');
    expect(holders.map((holder) => name in holder)).toEqual([true]);
  });
});

describe('what provider 5 does not know', () => {
  it.each(unprovenAttributes)('is synthesized: $attribute', ({ attribute }) => {
    expect(usesOf(attribute)).toContain(true);
    expect(inSchema(providerSchema, attribute)).toBeDefined();
  });

  it('is left out, renamed or replaced by the end-to-end test, and nothing else', () => {
    const { json } = new SynthesizedStack({ roleDeployment: { kind: 'stack-set', targets: ['r-ab12'] } });
    const adapted = structuredClone(json);
    adaptToProvider5(adapted);
    const before = JSON.stringify(json);
    const byHand = before
      .replace(/"warm_up_configuration":\{[^}]*\},?/, '')
      .replace('"bucket_namespace":"account-regional",', '')
      .replace('"ignore_changes":["bucket_namespace"]', '"ignore_changes":[]')
      .replace('"blocked_encryption_types":["SSE-C"],', '')
      .replaceAll('nodejs24.x', 'nodejs22.x')
      .replace('stack_set_instance_region', 'region');
    expect(adapted).toEqual(JSON.parse(byHand.replaceAll(',}', '}')));
    expect(before).not.toBe(JSON.stringify(adapted));
  });
});
