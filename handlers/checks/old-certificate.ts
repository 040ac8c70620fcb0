import { CERTIFICATES } from '../credential-report/credential';
import { type RowCheck, fail, pass, unknown } from './check';
import { eachActive } from './credentials';

export const oldCertificate: RowCheck = {
  id: 'old-certificate',
  title: ({ certificateDays }) => `No active X.509 certificate is older than ${certificateDays} days`,
  description:
    'Fails when an active X.509 signing certificate of a user was uploaded more than `certificateDays` days ago. Does not ' +
    'apply without an active certificate.',
  remedy: 'Upload a new certificate if one is still needed, and delete this one.',
  severity: 'low',
  always: false,
  threshold: { name: 'certificateDays' },
  seesOnlyTwo: true,
  appliesTo: 'user',
  evaluate: (row, { thresholds }) =>
    eachActive(row, CERTIFICATES, 'no active certificate', ({ created }, name) => {
      const age = row.age(created);
      if (age === undefined) return unknown(`${name} of unknown age`);
      const reason = `${name} is ${age} days old`;
      return age > thresholds.certificateDays ? fail(reason) : pass(reason);
    }),
};
