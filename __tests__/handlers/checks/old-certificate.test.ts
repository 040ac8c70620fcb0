import { oldCertificate } from '../../../handlers/checks/old-certificate';
import { type Case, certificate, inactiveCertificate, judge, user, withThresholds } from '../../support/rows';

describe('the check old-certificate', () => {
  it.each<Case>([
    ['does not apply to a user without certificates', user, 'not-applicable'],
    ['does not apply to an inactive certificate', { ...user, ...inactiveCertificate(1) }, 'not-applicable'],
    ['passes a certificate that is 90 days old', { ...user, ...certificate(1, 90) }, 'pass'],
    ['fails a certificate that is 91 days old', { ...user, ...certificate(1, 91) }, 'fail'],
    ['fails an old certificate in slot 2', { ...user, ...certificate(1, 9), ...certificate(2, 91) }, 'fail'],
    ['cannot tell the age of a certificate without a date', { ...user, cert_1_active: 'true' }, 'unknown'],
    [
      'cannot tell when the date cannot be read',
      { ...user, ...certificate(1, 1), cert_1_last_rotated: '2026' },
      'unknown',
    ],
  ])('%s', (_about, cells, result) => {
    expect(judge(oldCertificate, cells).result).toBe(result);
  });

  it('says how old each certificate is', () => {
    const cells = { ...user, ...certificate(1, 91), cert_2_active: 'true' };
    expect(judge(oldCertificate, cells).reasons).toEqual([
      'certificate 1 is 91 days old',
      'certificate 2 of unknown age',
    ]);
    expect(judge(oldCertificate, user).reasons).toEqual(['no active certificate']);
  });

  it('uses the number of days that the environment sets', () => {
    const context = withThresholds({ certificateDays: 365 });
    expect(judge(oldCertificate, { ...user, ...certificate(1, 365) }, context).result).toBe('pass');
    expect(judge(oldCertificate, { ...user, ...certificate(1, 366) }, context).result).toBe('fail');
    expect(oldCertificate.title(context.thresholds)).toContain('365 days');
  });
});
