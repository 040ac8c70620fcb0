import { inactiveServiceCredential } from '../../../handlers/checks/inactive-service-credential';
import { listed, refused, resultsOf } from '../../support/service-credentials';

const judge = (...credentials: Parameters<typeof listed>) =>
  resultsOf(inactiveServiceCredential, listed(...credentials));

describe('inactive-service-credential', () => {
  it('fails for a credential that is inactive or expired, and passes for one that is active', () => {
    expect(judge({ Status: 'Inactive' }, { Status: 'Expired' }, {})).toEqual([
      ['fail', 'credential for bedrock.amazonaws.com is inactive'],
      ['fail', 'credential for bedrock.amazonaws.com is expired'],
      ['pass', 'credential for bedrock.amazonaws.com is active'],
    ]);
  });

  it('does not apply without a credential', () => {
    expect(judge()).toEqual([['not-applicable', 'no service-specific credential']]);
  });

  it('is unknown when nobody knows the credentials', () => {
    expect(resultsOf(inactiveServiceCredential, refused)).toEqual([
      ['unknown', 'service-specific credentials are not known: denied'],
    ]);
  });
});
