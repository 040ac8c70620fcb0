import { centralRootAccess } from '../../../handlers/checks/central-root-access';
import type { RootCredentials } from '../../../handlers/shared/run-files';
import { LEDGER_ORGANIZATION } from '../../../tools/support/embedded-execution';
import { CONTEXT } from '../../support/rows';

const judge = (result: RootCredentials['result'], detail: string) =>
  centralRootAccess.evaluate({ ...LEDGER_ORGANIZATION, rootCredentials: { result, detail } }, CONTEXT);

describe('the check central-root-access', () => {
  it.each<[RootCredentials['result'], string, string]>([
    ['pass', 'enabled: RootCredentialsManagement', 'root credentials are managed centrally'],
    ['fail', 'enabled: RootSessions', 'root credentials are not managed centrally: enabled: RootSessions'],
    [
      'fail',
      'ServiceAccessNotEnabled',
      'root credentials are not managed centrally: IAM has no trusted access to the organization (ServiceAccessNotEnabled)',
    ],
    [
      'unknown',
      'AccountNotManagementOrDelegatedAdministrator',
      'it is not known whether root credentials are managed centrally: the account that collects is neither the ' +
        'management account nor a delegated administrator of IAM (AccountNotManagementOrDelegatedAdministrator)',
    ],
    [
      'unknown',
      'AccessDenied',
      'it is not known whether root credentials are managed centrally: AccessDenied',
    ],
    ['not-applicable', 'aws-cn has no central root access', 'aws-cn has no central root access'],
  ])('has the result of the ledger, with words for it: %s, %s', (result, detail, reason) => {
    expect(judge(result, detail)).toEqual([{ result, reason }]);
  });

  it('has a title', () => {
    expect(centralRootAccess.title(CONTEXT.thresholds)).toMatch(/^[A-Z]/);
  });
});
