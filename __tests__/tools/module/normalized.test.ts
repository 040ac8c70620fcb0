import type { Json, KnownValue } from '../../../tools/module/known';
import { EACH, ITEM, normalized } from '../../../tools/module/normalized';
import { whole } from '../../../tools/module/markers';

const keys: readonly KnownValue[] = ['key-one', 'key-two'].map((value) => ({
  kind: 'items',
  expression: 'var.keys',
  value,
}));

/** What becomes of a setting of a resource. */
function setting(value: Json, known: readonly KnownValue[] = keys): Json {
  const metadata = { metadata: { path: 'stack/credential-reports/role' } };
  const stack = {
    resource: { aws_iam_role: { role: { '//': metadata, setting: value } } },
    data: {},
    output: {},
  };
  const { resource } = normalized(stack, known) as { resource: Record<string, { setting: Json }> };
  return resource['aws_iam_role.role']?.setting ?? null;
}

describe('a list that callers choose', () => {
  const each = { [EACH]: 'var.keys', [ITEM]: whole('item') };

  it('is one expression where a stack has its values, however many they are', () => {
    expect(setting(['key-one'])).toEqual(setting(['key-one', 'key-two']));
    expect(setting(['first', 'key-one', 'key-two'])).toEqual(['first', each]);
  });

  it('makes what has the list once, not once for each value', () => {
    expect(setting([{ Sid: 'Keys', Resource: ['key-one', 'key-two'] }])).toEqual([
      { Sid: 'Keys', Resource: [each] },
    ]);
  });

  it('makes what has one of its values once for each', () => {
    const one = { [EACH]: 'var.keys', [ITEM]: { Resource: whole('item') } };
    expect(setting([{ Resource: 'key-one' }, { Resource: 'key-two' }])).toEqual([one]);
  });
});

it('a number that callers choose is the same in a text of its own, and not in others', () => {
  const days: KnownValue = { kind: 'whole', expression: 'var.days', value: 14 };
  expect(setting([14, '14', 'after 14 days', 140], [days])).toEqual([
    whole('var.days'),
    whole('var.days'),
    'after 14 days',
    140,
  ]);
});
