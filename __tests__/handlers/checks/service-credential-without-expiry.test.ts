import { serviceCredentialWithoutExpiry } from '../../../handlers/checks/service-credential-without-expiry';
import { listed, resultsOf } from '../../support/service-credentials';

const judge = (...credentials: Parameters<typeof listed>) =>
  resultsOf(serviceCredentialWithoutExpiry, listed(...credentials));

describe('service-credential-without-expiry', () => {
  it('fails for an active credential that never expires, and passes for one that does', () => {
    const ExpirationDate = '2027-01-01T00:00:00.000Z';
    expect(judge({ ServiceName: 'codecommit.amazonaws.com' }, { ExpirationDate })).toEqual([
      ['fail', 'credential for codecommit.amazonaws.com never expires'],
      ['pass', 'credential for bedrock.amazonaws.com expires on 2027-01-01T00:00:00.000Z'],
    ]);
  });

  it.each(['Inactive', 'Expired'])('does not apply to a credential that is %s', (Status) => {
    expect(judge({ Status })).toEqual([['not-applicable', 'no active service-specific credential']]);
  });
});
