import { readPlan } from '../../../tools/plan-comment/input';

const change = { address: 'aws_a.b', type: 'aws_a', change: { actions: ['create'] } };

describe('the input of the comment', () => {
  it('is what Terraform says of a plan', () => {
    const plan = { format_version: '1.2', resource_changes: [change], configuration: {} };
    expect(readPlan(JSON.stringify(plan))).toEqual(plan);
  });

  it('may lack the changes when Terraform stopped with an error', () => {
    expect(readPlan('{"format_version":"1.2","errored":true}')).toMatchObject({ errored: true });
  });

  it.each([
    ['nothing', '', 'but it is empty'],
    ['a blank line', '\n', 'but it is empty'],
    ['no JSON', 'secret', 'but it is no JSON'],
    ['null', 'null', 'but it is no plan'],
    ['a list', '[]', 'but it is no plan'],
    ['other JSON', '{}', 'but it is no plan: format_version'],
    ['a state', '{"format_version":"1.0","values":{}}', 'but it is no plan: resource_changes is missing'],
    ['another format', '{"format_version":"2.0","resource_changes":[]}', 'but it is no plan: format_version'],
    [
      'a change without actions',
      '{"format_version":"1.2","resource_changes":[{"address":"a","type":"b"}]}',
      'change',
    ],
  ])('is not %s', (_, text, message) => {
    expect(() => readPlan(text)).toThrow(message);
    expect(() => readPlan(text)).not.toThrow('secret');
  });
});
