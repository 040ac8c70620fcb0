/** The parts of the documented policies, and the policies without one of them. */
import type { Statement } from '../../../constructs/policy';
import type { Permissions } from './roles';

export interface PolicyPart {
  readonly account: string;
  readonly sid: string;
  readonly action?: string;
  readonly resource?: string;
}

const listOf = (values: string | readonly string[] = []) => [values].flat();

/** A name that an environment may choose: it stands beside the pattern of those that it does not. */
const CHOSEN = /(BUCKET|ROLE)-NAME/;

/** Every action of every statement, and every resource of those that have several. */
export function partsOf(all: Permissions): PolicyPart[] {
  return Object.entries(all).flatMap(([account, { Statement }]) =>
    Statement.flatMap(({ Sid: sid, Action, Resource }) => {
      const resources = listOf(Resource);
      return [
        ...listOf(Action).map((action) => ({ account, sid, action })),
        ...(resources.length > 1
          ? resources
              .filter((resource) => !CHOSEN.test(resource))
              .map((resource) => ({ account, sid, resource }))
          : []),
      ];
    }),
  );
}

export function withoutPart(all: Permissions, part: PolicyPart): Permissions {
  const others = (values: Statement['Resource'], part?: string) =>
    listOf(values).filter((one) => one !== part);
  return withStatement(all, part, (statement) => {
    const Action = others(statement.Action, part.action);
    const Resource = others(statement.Resource, part.resource);
    return Action.length === 0 || Resource.length === 0 ? [] : [{ ...statement, Action, Resource }];
  });
}

/** Without what one operator tests. */
export const withoutCondition = (all: Permissions, part: PolicyPart, operator: string): Permissions =>
  withStatement(all, part, ({ Condition = {}, ...statement }) => {
    const { [operator]: _removed, ...rest } = Condition;
    return [{ ...statement, ...(Object.keys(rest).length > 0 && { Condition: rest }) }];
  });

function withStatement(
  all: Permissions,
  { account, sid }: PolicyPart,
  change: (statement: Statement) => Statement[],
): Permissions {
  const policy = all[account];
  if (!policy) throw new Error(`no policy of account ${account}`);
  const changed = policy.Statement.flatMap((one) => (one.Sid === sid ? change(one) : [one]));
  return { ...all, [account]: { ...policy, Statement: changed } };
}

export const statementOf = (all: Permissions, { account, sid }: PolicyPart) =>
  all[account]?.Statement.find(({ Sid }) => Sid === sid);
