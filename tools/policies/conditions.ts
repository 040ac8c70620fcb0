import type { Deployed, Part } from './deployed';

/** A condition of a statement that allows something. */
export type Condition = Required<Pick<Part, 'document' | 'sid' | 'condition'>>;

/** Policies that allow roles of another account; their statements repeat the permissions of those roles. */
const CROSS_ACCOUNT_POLICIES = ['report-bucket/policy', 'report-key/policy', 'signing-key/key'];

/** The key policy also denies signing to everybody else, administrators of its own account included. */
const DENIED_TWICE = 'SignManifestsOfSummarizeRun';

/** Every condition that has to deny a call. */
export function conditionsOf(deployed: Deployed): Condition[] {
  return [...deployed.documents].flatMap(([document, { Statement }]) =>
    Statement.flatMap(({ Sid: sid, Effect, Condition = {} }) => {
      if (Effect === 'Deny') return [];
      const all = Object.entries(Condition).flatMap(([operator, tests]) =>
        Object.keys(tests).map((key): Condition => ({ document, sid, condition: [operator, key] })),
      );
      const has = (wanted: string) => all.some(({ condition: [, key] }) => key === wanted);
      return all.filter(({ condition: [, key] }) => {
        // AWS recommends both, but the ARN contains the account: no call matches only one of them.
        if (key === 'aws:SourceAccount') return !has('aws:SourceArn');
        // The others repeat conditions of the role's own statement, and are removed together with those.
        if (sid === DENIED_TWICE) return false;
        return !CROSS_ACCOUNT_POLICIES.includes(document) || key === 'aws:PrincipalArn';
      });
    }),
  );
}

/** Removes a condition, also from the cross-account policies. */
export function withoutCondition(deployed: Deployed, condition: Condition): Deployed {
  const handler = condition.document
    .replace(/\/policy$/, '')
    .replace(/(^|-)(\w)/g, (_, _hyphen, letter: string) => letter.toUpperCase());
  return CROSS_ACCOUNT_POLICIES.filter((document) => deployed.documents.has(document)).reduce(
    (rest, document) => rest.without({ ...condition, document, sid: `${condition.sid}Of${handler}` }),
    deployed.without(condition),
  );
}
