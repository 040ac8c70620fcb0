import { rootCertificate } from '../../../handlers/checks/root-certificate';
import { CONTEXT, type Case, certificate, inactiveCertificate, judge, root } from '../../support/rows';

describe('the check root-certificate', () => {
  it.each<Case>([
    ['passes a root user without certificates', root, 'pass'],
    ['passes a root user whose certificate is inactive', { ...root, ...inactiveCertificate(2) }, 'pass'],
    ['fails a certificate in slot 1', { ...root, ...certificate(1, 5) }, 'fail'],
    ['fails a certificate in slot 2', { ...root, ...certificate(2, 5) }, 'fail'],
    ['cannot tell when cert_1_active cannot be read', { ...root, cert_1_active: 'N/A' }, 'unknown'],
  ])('%s', (_about, cells, result) => {
    expect(judge(rootCertificate, cells).result).toBe(result);
  });

  it('is on whatever frameworks are chosen', () => {
    expect(rootCertificate).toMatchObject({ always: true, severity: 'high' });
    expect(rootCertificate.title(CONTEXT.thresholds)).toMatch(/^[A-Z]/);
  });
});
