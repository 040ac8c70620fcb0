import type { CallName } from './calls';
import { OF_ANY_CALL, OF_ONE_CALL } from './fault-kinds';
import type { Fault } from './faults';
import { Random } from '../random';

const OF_ONE_ACCOUNT = [
  'sts:AssumeRole',
  'iam:GenerateCredentialReport',
  'iam:GetCredentialReport',
  'iam:ListServiceSpecificCredentials',
  's3:PutReport',
  's3:PutList',
] as const;
const OF_THE_RUN = [
  'organizations:ListAccounts',
  'iam:ListOrganizationsFeatures',
  'states:DescribeExecution',
  's3:PutFile',
  's3:GetFile',
  's3:GetReport',
  's3:GetList',
  's3:ListFiles',
] as const;
/** A run has only a few of these. */
const OF_THE_CHAIN = ['kms:GetPublicKey', 'kms:Sign', 's3:GetManifest', 's3:GetManifest'] as const;

/**
 * A random fault that depends only on the seed. Most affect one account. Those of the whole run are short, because a long
 * one fails the run and hides all others.
 */
export function drawFault(seed: number): Fault {
  const random = new Random(seed);
  const kindOf = (call: CallName) => {
    const kinds = [...OF_ANY_CALL, ...(OF_ONE_CALL[call] ?? [])];
    return kinds[random.between(0, kinds.length - 1)] ?? 'reset';
  };
  const after = random.oneOf([0, 0, 0, 1, 2, 5]);
  if (random.oneIn(4)) {
    const call = random.oneOf(OF_THE_RUN);
    return {
      call,
      kind: kindOf(call),
      after: random.between(0, 30),
      times: random.oneOf([1, 1, 2, 3, 9, 20]),
    };
  }
  if (random.oneIn(8)) {
    const call = random.oneOf(OF_THE_CHAIN);
    return { call, kind: kindOf(call), after: random.between(0, 4), times: random.oneOf([1, 2, 3, 9, 20]) };
  }
  const call = random.oneOf(OF_ONE_ACCOUNT);
  const account = random.oneIn(5) ? {} : { account: random.between(0, 9) };
  return {
    call,
    kind: kindOf(call),
    ...account,
    after,
    times: random.oneOf([1, 1, 2, 3, 4, 9, 20, Infinity]),
  };
}
