import { type RowCheck, fail, notApplicable, pass } from './check';

/** The benchmark says **more than** 90 days. */
export const keyRotation90Days: RowCheck = {
  id: 'key-rotation-90-days',
  title: ({ rotationDays }) => `No active access key is older than ${rotationDays} days`,
  description:
    'Fails when an active access key was created more than `rotationDays` days ago. Does not apply without an ' +
    'active access key.',
  cis: { 'v3.0': '1.14', 'v5.0': '1.13' },
  threshold: { name: 'rotationDays', benchmark: 90 },
  appliesTo: 'user',
  evaluate: (row, { thresholds }) => {
    const active = row.activeKeys();
    if (active.length === 0) return notApplicable('no active access key');
    const old = active.flatMap((slot) => {
      const age = row.age(`access_key_${slot}_last_rotated`);
      if (age === undefined) return [`access key ${slot} of unknown age`];
      return age > thresholds.rotationDays ? [`access key ${slot} is ${age} days old`] : [];
    });
    return old.length === 0 ? pass('no active access key is too old') : fail(old.join('; '));
  },
};
