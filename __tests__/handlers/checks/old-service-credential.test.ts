import { oldServiceCredential } from '../../../handlers/checks/old-service-credential';
import { days } from '../../support/rows';
import { listed, resultsOf } from '../../support/service-credentials';

const judge = (...credentials: Parameters<typeof listed>) =>
  resultsOf(oldServiceCredential, listed(...credentials));

describe('old-service-credential', () => {
  it.each([
    [90, 'pass'],
    [91, 'fail'],
  ])('an active credential that is %i days old: %s', (age, result) => {
    expect(judge({ age })).toEqual([[result, `credential for bedrock.amazonaws.com is ${age} days old`]]);
  });

  it('judges each active credential, and no other', () => {
    const results = judge({ age: 400 }, { age: 1 }, { age: 400, Status: 'Inactive' }, { Status: 'Expired' });
    expect(results.map(([result]) => result)).toEqual(['fail', 'pass']);
  });

  it('does not apply without an active credential', () => {
    expect(judge()).toEqual([['not-applicable', 'no active service-specific credential']]);
    expect(judge({ Status: 'Inactive' })).toEqual([
      ['not-applicable', 'no active service-specific credential'],
    ]);
  });

  it('is unknown for one that was created in the future, but not for one that was created during the run', () => {
    expect(judge({ age: -1 })).toEqual([['pass', 'credential for bedrock.amazonaws.com is 0 days old']]);
    expect(judge({ age: -400 })).toEqual([
      ['unknown', 'credential for bedrock.amazonaws.com was created in the future'],
    ]);
  });

  it('counts one as new that was created after the run started and before a redrive collected the list', () => {
    const facts = listed({ age: -3 });
    const redriven = { ...facts, times: { ...facts.times, madeAt: Date.parse(days(-4)) } };
    expect(resultsOf(oldServiceCredential, redriven)).toEqual([
      ['pass', 'credential for bedrock.amazonaws.com is 0 days old'],
    ]);
  });

  it('is unknown for a status that AWS has added', () => {
    expect(judge({ Status: 'Suspended' })).toEqual([
      ['unknown', 'credential for bedrock.amazonaws.com has the status Suspended'],
    ]);
  });
});
