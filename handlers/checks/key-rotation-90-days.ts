import { ACCESS_KEYS } from '../credential-report/credential';
import { type RowCheck, fail, pass, unknown } from './check';
import { eachActive, isBrokenFor } from './credentials';

/** The benchmark says **more than** 90 days. */
export const keyRotation90Days: RowCheck = {
  id: 'key-rotation-90-days',
  title: ({ rotationDays }) => `No active access key is older than ${rotationDays} days`,
  description:
    'Fails when an active access key was created more than `rotationDays` days ago. Does not apply without an ' +
    'active access key.',
  remedy:
    'Create a second key, switch the programs to it, deactivate this one, and delete it when nothing fails. Better: use a role.',
  severity: 'medium',
  always: true,
  threshold: { name: 'rotationDays', benchmark: 90 },
  seesOnlyTwo: true,
  appliesTo: 'user',
  evaluate: (row, context) =>
    eachActive(row, ACCESS_KEYS, 'no active access key', ({ created }, name) => {
      const age = row.age(created);
      if (age === undefined) return unknown(`${name} of unknown age`);
      const reason = `${name} is ${age} days old`;
      return isBrokenFor(row, context, 'rotationDays', (days) => age > days) ? fail(reason) : pass(reason);
    }),
};
