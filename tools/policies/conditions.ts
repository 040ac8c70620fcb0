import type { Deployed, Part } from './deployed';

/** A condition of a statement that allows something. */
export type Condition = Required<Pick<Part, 'document' | 'sid' | 'condition'>>;

/** The policies that let roles of another account in; their statements repeat what those roles may do. */
const GRANTS = ['report-bucket/policy', 'report-key/policy'];

/** Every condition that has to stop something. */
export function conditionsOf(deployed: Deployed): Condition[] {
  return [...deployed.documents].flatMap(([document, { Statement }]) =>
    Statement.flatMap(({ Sid: sid, Effect, Condition = {} }) => {
      if (Effect === 'Deny') return [];
      const all = Object.entries(Condition).flatMap(([operator, tests]) =>
        Object.keys(tests).map((key): Condition => ({ document, sid, condition: [operator, key] })),
      );
      const has = (wanted: string) => all.some(({ condition: [, key] }) => key === wanted);
      return all.filter(({ condition: [, key] }) => {
        // AWS wants both, but an ARN names its account: no call has one without the other.
        if (key === 'aws:SourceAccount') return !has('aws:SourceArn');
        // The others are those of the role's own statement, with which they are taken away.
        return !GRANTS.includes(document) || key === 'aws:PrincipalArn';
      });
    }),
  );
}

/** Takes a condition away, from the grants to the role too. */
export function withoutCondition(deployed: Deployed, condition: Condition): Deployed {
  const handler = condition.document
    .replace(/\/policy$/, '')
    .replace(/(^|-)(\w)/g, (_, _hyphen, letter: string) => letter.toUpperCase());
  return GRANTS.filter((document) => deployed.documents.has(document)).reduce(
    (rest, document) => rest.without({ ...condition, document, sid: `${condition.sid}Of${handler}` }),
    deployed.without(condition),
  );
}
