import { type RowCheck, fail, notApplicable, pass } from './check';

export const twoActiveKeys: RowCheck = {
  id: 'two-active-keys',
  title: () => 'No user has two active access keys',
  description:
    'Fails when both access keys of a user are active. Does not apply without an active access key.',
  cis: { 'v3.0': '1.13', 'v5.0': '1.12' },
  appliesTo: 'user',
  evaluate: (row) => {
    const active = row.activeKeys().length;
    if (active === 0) return notApplicable('no active access key');
    return active === 1 ? pass('one active access key') : fail('two active access keys');
  },
};
