import { type RowCheck, fail, notApplicable, pass } from './check';

/** An access key that a console user has never used was most likely created with the user and is not needed. */
export const keyAtSetup: RowCheck = {
  id: 'key-at-setup',
  title: () => 'No console user has an access key that was never used',
  description:
    'Fails when a user has a console password and an active access key that was never used. Does not apply ' +
    'without a password.',
  cis: { 'v3.0': '1.11', 'v5.0': '1.10' },
  appliesTo: 'user',
  evaluate: (row) => {
    if (!row.flag('password_enabled')) return notApplicable('no console password');
    const unused = row
      .activeKeys()
      .filter((slot) => row.age(`access_key_${slot}_last_used_date`) === undefined);
    return unused.length === 0
      ? pass('no active access key that was never used')
      : fail(`access key ${unused.join(' and ')} active and never used`);
  },
};
