import { differences, expectedReason } from '../../../tools/cdktn/differences';

describe('the differences between two stacks', () => {
  it('are values that differ or are missing in one stack, at any depth, whatever the order of fields', () => {
    const cdktf = { a: 1, b: { c: [1, { d: 'x' }] }, only: true };
    const cdktn = { b: { c: [1, { d: 'y' }, 2] }, a: 1 };
    expect(differences(cdktf, cdktn, 'stack')).toEqual([
      { path: 'stack.b.c.1.d', cdktf: 'x', cdktn: 'y' },
      { path: 'stack.b.c.2', cdktf: undefined, cdktn: 2 },
      { path: 'stack.only', cdktf: true, cdktn: undefined },
    ]);
  });

  it('are expected where they name the tool or the provider, and only there', () => {
    const source = (path: string) => expectedReason({ path, cdktf: 'aws', cdktn: 'hashicorp/aws' });
    const provider = 'production.terraform.required_providers.aws.source';
    expect(source(provider)).toBeDefined();
    expect(source('production.resource.aws_x.y.source')).toBeUndefined();
    expect(expectedReason({ path: provider, cdktf: 'aws', cdktn: 'else/aws' })).toBeUndefined();
    expect(
      expectedReason({ path: 'production.//.metadata.version', cdktf: '0.21.0', cdktn: '0.24.0' }),
    ).toBeDefined();
  });
});
