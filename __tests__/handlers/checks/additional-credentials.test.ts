import { additionalCredentials } from '../../../handlers/checks/additional-credentials';
import { CONTEXT, type Case, consoleUser, judge, root, user } from '../../support/rows';

const withInfo = (cells: object, additional_credentials_info: string) => ({
  ...cells,
  additional_credentials_info,
});

describe('the check additional-credentials', () => {
  it.each<Case>([
    ['does not apply to a report without the column', user, 'not-applicable'],
    ['does not apply to an empty cell', withInfo(consoleUser, ' '), 'not-applicable'],
    ['passes N/A', withInfo(user, 'N/A'), 'pass'],
    ['cannot tell about the further keys of a user', withInfo(user, '1 access key'), 'unknown'],
    ['cannot tell about the further keys of the root user', withInfo(root, '1 certificate'), 'unknown'],
    ['cannot tell when it is not supported', withInfo(root, 'not_supported'), 'unknown'],
  ])('%s', (_about, cells, result) => {
    expect(judge(additionalCredentials, cells).result).toBe(result);
  });

  it('quotes at most 200 characters of what the report says', () => {
    expect(judge(additionalCredentials, withInfo(user, ` ${'x'.repeat(201)}`)).reasons).toEqual([
      `credentials that the report does not show: ${'x'.repeat(200)}`,
    ]);
    expect(judge(additionalCredentials, user).reasons).toEqual([
      'the report says nothing about further credentials',
    ]);
  });

  it('is on whatever frameworks are chosen, for users and the root user', () => {
    expect(additionalCredentials).toMatchObject({ always: true, appliesTo: 'principal' });
    expect(additionalCredentials.title(CONTEXT.thresholds)).toMatch(/^[A-Z]/);
  });
});
