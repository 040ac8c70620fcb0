import { rootRowMissing } from '../../../handlers/checks/root-row-missing';
import { CONTEXT, root, rowOf } from '../../support/rows';

const evaluate = (hasRoot: boolean, partition: string) =>
  rootRowMissing.evaluate(
    { root: hasRoot ? rowOf(root) : undefined, users: [], unknownColumns: [] },
    { ...CONTEXT, partition },
  );

describe('the check root-row-missing', () => {
  it.each([
    ['passes a report with a root row', true, 'aws', 'pass'],
    ['fails a report without a root row', false, 'aws', 'fail'],
    ['fails a report without a root row in AWS GovCloud (US)', false, 'aws-us-gov', 'fail'],
    ['does not apply to a report without a root row in AWS China', false, 'aws-cn', 'not-applicable'],
    ['passes a report of AWS China that has a root row after all', true, 'aws-cn', 'pass'],
  ])('%s', (_about, hasRoot, partition, result) => {
    expect(evaluate(hasRoot, partition)[0].result).toBe(result);
  });

  it('says what the report lacks', () => {
    expect(evaluate(false, 'aws')).toEqual([
      { result: 'fail', reason: 'the report has no row for the root user' },
    ]);
  });
});
