import { ACCESS_KEYS } from '../credential-report/credential';
import { type RowCheck, fail, notApplicable, pass } from './check';

export const twoActiveKeys: RowCheck = {
  id: 'two-active-keys',
  title: () => 'No user has two active access keys',
  description:
    'Fails when both access keys of a user are active. Does not apply without an active access key.',
  remedy: 'Deactivate the older key, and delete it when nothing fails.',
  severity: 'low',
  always: false,
  seesOnlyTwo: true,
  appliesTo: 'user',
  evaluate: (row) => {
    const active = ACCESS_KEYS.filter((key) => row.isActive(key)).length;
    if (active === 0) return notApplicable('no active access key');
    return active === 1 ? pass('one active access key') : fail('two active access keys');
  },
};
