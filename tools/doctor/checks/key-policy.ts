import { keyGrants } from '../../../constructs/storage/bucket-access';
import { check, ok, problem, unknown } from '../check';
import { type PolicyStatement, listOf, parsePolicy, sameStatement } from '../policy-document';
import type { Subject } from '../subject';
import { existingKeyOf } from './key';

/** A policy can allow the same in many ways; only what the output of the stack says, and what AWS writes, is recognized. */
export const keyPolicy = check({
  id: 'key-policy',
  question: 'Does the policy of the existing key let the functions use it?',
  needs: 'aws',
  applies: (subject) => existingKeyOf(subject) !== undefined,
  read: async (aws, subject) =>
    (await aws.get('kms:GetKeyPolicy', { KeyId: existingKeyOf(subject), PolicyName: 'default' })).Policy,
  judge: (text, subject) => {
    const { stack, deployment } = subject;
    const statements = parsePolicy(text ?? '');
    if (!statements) return unknown('the policy of the key is not a policy: not judged');
    const denied = statements.find(({ Effect }) => Effect === 'Deny');
    if (denied)
      return unknown(`not judged: the policy has the Deny statement ${denied.Sid ?? '(without a Sid)'}`);
    const owner = existingKeyOf(subject)?.split(':')[4] ?? '';
    if (owner === subject.caller.account && statements.some((one) => leavesToIam(one, subject)))
      return ok('it leaves access to the IAM policies of the account');
    const missing = keyGrants(stack.bucketUsers, stack.bucket, deployment).filter(
      (needed) => !statements.some((statement) => sameStatement(statement, needed)),
    );
    if (missing.length === 0) return ok('it has every statement of the output key_policy_statements');
    const sids = missing.map(({ Sid }) => Sid).join(', ');
    const mend = 'Add the output key_policy_statements (docs/permissions.md) to the policy of the key';
    return statements.some(isWide)
      ? unknown(
          `not judged: ${sids} are not in it as they stand, but other statements may allow the same`,
          mend,
        )
      : problem(`it lacks ${sids}`, mend);
  },
});

function leavesToIam(
  { Effect, Principal, Action, Condition }: PolicyStatement,
  { caller, deployment }: Subject,
): boolean {
  const principals = typeof Principal === 'object' ? listOf(Principal.AWS) : [];
  const root = deployment.accountPrincipal().AWS;
  return (
    Effect === 'Allow' &&
    Condition === undefined &&
    principals.some((one) => one === root || one === caller.account) &&
    listOf(Action).includes('kms:*')
  );
}

/** Whether a statement allows using the key to somebody whom it does not name one by one. */
const isWide = ({ Effect, Action }: PolicyStatement) =>
  Effect === 'Allow' &&
  listOf(Action).some((action) => /^(\*|kms:(\*|Decrypt|GenerateDataKey.*|Generate\*))$/i.test(action));
