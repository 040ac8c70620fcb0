/** What the thresholds of checks are, in one place: the options of an environment are built from these. */
import * as z from 'zod';
import { type ThresholdName, machineThresholds, thresholdNames } from '../../handlers/checks/check';
import { fieldsOf } from './fields';

/** More than ten years is a mistake. */
const MOST_DAYS = 3650;

const days = () => {
  const message = `must be a whole number of days from 1 to ${MOST_DAYS}`;
  return z.int(message).min(1, message).max(MOST_DAYS, message);
};

/** Default number of days of each threshold, and what it decides. */
const thresholds: Readonly<Record<ThresholdName, readonly [defaultDays: number, description: string]>> = {
  unusedDays: [
    45,
    'A credential fails `unused-45-days` when it has not been used for this many days. CIS: 45.',
  ],
  longUnusedDays: [
    90,
    'A credential fails `unused-90-days` when it has not been used for this many days. AWS Security Hub: 90.',
  ],
  neverUsedDays: [
    30,
    'A credential fails `never-used` when it was created this many days ago and has never been used.',
  ],
  freshKeyDays: [
    1,
    'An access key that is younger than this many days need not have been used yet: `key-at-setup` does not apply. A ' +
      'report is up to four hours old, so that it may not show the use of a key that was created today.',
  ],
  rotationDays: [
    90,
    'An access key fails `key-rotation-90-days` when it is older than this many days. CIS: 90.',
  ],
  passwordDays: [90, 'A password fails `password-age` when it was changed more than this many days ago.'],
  certificateDays: [
    90,
    'An X.509 certificate fails `old-certificate` when it was uploaded more than this many days ago.',
  ],
  rootUnusedDays: [
    30,
    'The root user fails `root-recent-use` when it was used less than this many days ago. CIS does not give a number.',
  ],
  serviceCredentialDays: [
    90,
    'An active service-specific credential fails `old-service-credential` when it was created more than this many days ago.',
  ],
};

const forEach = <Name extends string, Schema>(names: readonly Name[], schemaOf: (name: Name) => Schema) =>
  Object.fromEntries(names.map((name) => [name, schemaOf(name)])) as Record<Name, Schema>;

/** An option for each threshold. */
export const thresholdOptions = forEach(thresholdNames, (name) => {
  const [defaultDays, description] = thresholds[name];
  return days().default(defaultDays).describe(description);
});

/** The thresholds that can be other ones for machines. */
export const machineOptions = fieldsOf(
  forEach(machineThresholds, (name) =>
    days().optional().describe(`Replaces \`${name}\`. Default: the same.`),
  ),
)
  .default({})
  .describe('Thresholds for machines: users without a console password.');
