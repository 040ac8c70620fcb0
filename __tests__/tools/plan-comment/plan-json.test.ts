import { parsePlan } from '../../../tools/plan-comment/plan-json';

const resource = { address: 'aws_a.b', change: { actions: ['create'] } };

describe('a plan', () => {
  it('is what Terraform prints for a plan file', () => {
    const plan = { format_version: '1.2', resource_changes: [resource], configuration: {} };
    expect(parsePlan(JSON.stringify(plan))).toEqual(plan);
  });

  it('may lack the changes if there are none, as with -target for a resource that stays as it is', () => {
    // What Terraform 1.11.4 prints, without state and configuration.
    const plan = {
      format_version: '1.2',
      terraform_version: '1.11.4',
      planned_values: { root_module: {} },
      applyable: false,
      complete: false,
      errored: false,
    };
    expect(parsePlan(JSON.stringify(plan))).toEqual(plan);
  });

  it('may have fields of a newer Terraform', () => {
    const newer = { format_version: '1.9', resource_changes: [{ ...resource, new: {} }], new: [1] };
    expect(parsePlan(JSON.stringify(newer))).toEqual(newer);
  });

  it('may lack the changes if Terraform stopped with an error', () => {
    expect(parsePlan('{"format_version":"1.2","errored":true}')).toMatchObject({ errored: true });
  });

  it.each([
    ['empty input', '', 'standard input is empty; it must be the output of `terraform show -json PLAN`'],
    ['a blank line', '\n', 'is empty'],
    ['text', 'secret', 'is not JSON'],
    ['null', 'null', 'is not a plan'],
    ['a list', '[]', 'is not a plan'],
    ['other JSON', '{}', 'is not a plan: format_version'],
    ['a state', '{"format_version":"1.0","values":{}}', 'is not a plan: planned_values is missing'],
    [
      'another format',
      '{"format_version":"2.0","resource_changes":[]}',
      'is not a plan: format_version must be 1.x',
    ],
    [
      'a change without actions',
      '{"format_version":"1.2","resource_changes":[{"address":"a","change":{}}]}',
      'is not a plan: resource_changes 0 change actions',
    ],
  ])('is not %s', (_, text, message) => {
    expect(() => parsePlan(text)).toThrow(message);
    expect(() => parsePlan(text)).not.toThrow('secret');
  });
});
