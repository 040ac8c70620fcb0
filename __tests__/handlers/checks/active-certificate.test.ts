import { activeCertificate } from '../../../handlers/checks/active-certificate';
import { CONTEXT, type Case, certificate, days, inactiveCertificate, judge, user } from '../../support/rows';

describe('the check active-certificate', () => {
  it.each<Case>([
    ['passes a user without certificates', user, 'pass'],
    ['passes a user whose certificate is inactive', { ...user, ...inactiveCertificate(1) }, 'pass'],
    ['fails a certificate in slot 1, however young', { ...user, ...certificate(1, 0) }, 'fail'],
    ['fails a certificate in slot 2', { ...user, ...certificate(2, 900) }, 'fail'],
    ['fails a certificate without a date', { ...user, cert_1_active: 'TRUE' }, 'fail'],
    ['cannot tell when cert_2_active cannot be read', { ...user, cert_2_active: '' }, 'unknown'],
  ])('%s', (_about, cells, result) => {
    expect(judge(activeCertificate, cells).result).toBe(result);
  });

  it('has a verdict for each certificate', () => {
    const { verdicts } = judge(activeCertificate, { ...user, ...certificate(1, 9), ...certificate(2, 5) });
    expect(verdicts).toMatchObject([
      { reason: 'certificate 1 active', credential: { kind: 'certificate', id: '1', createdAt: days(9) } },
      { reason: 'certificate 2 active', credential: { kind: 'certificate', id: '2', createdAt: days(5) } },
    ]);
    expect(judge(activeCertificate, user).reasons).toEqual(['no active certificate']);
  });

  it('has a title', () => {
    expect(activeCertificate.title(CONTEXT.thresholds)).toMatch(/^[A-Z]/);
  });
});
