import { type RowCheck, fail } from './check';

/** For organizations whose people and programs all use roles. */
export const iamUser: RowCheck = {
  id: 'iam-user',
  title: () => 'There are no IAM users',
  description: 'Fails for every IAM user.',
  remedy: 'Move people to IAM Identity Center and programs to roles, then delete the user.',
  severity: 'low',
  always: false,
  appliesTo: 'user',
  evaluate: () => fail('an IAM user'),
};
