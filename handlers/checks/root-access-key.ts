import { type RowCheck, fail, pass } from './check';

/** Anyone who has an access key of the root user can do everything in the account. */
export const rootAccessKey: RowCheck = {
  id: 'root-access-key',
  title: () => 'The root user has no active access key',
  description:
    'Fails when the root user has an active access key, with which everything in the account can be done.',
  cis: { 'v3.0': '1.4', 'v5.0': '1.3' },
  appliesTo: 'root',
  evaluate: (row) => {
    const active = row.activeKeys();
    return active.length === 0
      ? pass('no active access key')
      : fail(`access key ${active.join(' and ')} active`);
  },
};
