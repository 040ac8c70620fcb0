/** The policies of a synthesized stack. */
import { type PolicyDocument, type Statement, policy } from '../../constructs/policy';
import type { SynthesizedStack } from '../support/synthesized-stack';

/** A statement of a policy, or one of its actions, resources or conditions. */
export interface Part {
  /** The policy, by the path of its resource. */
  readonly document: string;
  readonly sid: string;
  readonly action?: string;
  readonly resource?: string;
  /** Operator and key of a condition. */
  readonly condition?: readonly [operator: string, key: string];
}

/** The names of the two policies of a role. */
interface Role {
  readonly permissions: string;
  readonly trust: string;
}

const STACK_SET = 'report-role-stack-set';

export class Deployed {
  private constructor(
    readonly documents: ReadonlyMap<string, PolicyDocument>,
    private readonly roles: ReadonlyMap<string, Role>,
    /** After its path. */
    private readonly reportRoleName: string,
  ) {}

  /** @param ofOthers - policies that the stack does not create */
  static of(
    stack: SynthesizedStack,
    account: string,
    ofOthers: Readonly<Record<string, PolicyDocument>> = {},
  ): Deployed {
    const documents = new Map(Object.entries(ofOthers));
    const roles = new Map<string, Role>();
    const keep = (name: string, document: unknown) => {
      const text = typeof document === 'string' ? document : JSON.stringify(document);
      documents.set(name, JSON.parse(text) as PolicyDocument);
    };
    for (const [
      path,
      { type, policy, assume_role_policy: trust, template_body: template },
    ] of stack.resources) {
      if (policy !== undefined) keep(path, policy);
      if (type === 'aws_iam_role') {
        keep(path, trust);
        roles.set(stack.roleArn(path, account), {
          trust: path,
          permissions: path.replace(/role$/, 'policy'),
        });
      }
      if (template !== undefined) {
        const { Properties } = (JSON.parse(template as string) as StackSetTemplate).Resources.ReportRole;
        keep(`${STACK_SET}/trust`, Properties.AssumeRolePolicyDocument);
        keep(`${STACK_SET}/permissions`, Properties.Policies[0].PolicyDocument);
      }
    }
    const [, reportRole = ''] = stack.roleArn('report-role/role', account).split(':role/');
    return new Deployed(documents, roles, reportRole);
  }

  /** A role by its ARN: one of the stack, or the report role that the StackSet creates in every other account. */
  role(arn: string): Role | undefined {
    const ofStackSet = arn.endsWith(`:role/${this.reportRoleName}`)
      ? { trust: `${STACK_SET}/trust`, permissions: `${STACK_SET}/permissions` }
      : undefined;
    return this.roles.get(arn) ?? ofStackSet;
  }

  /** Every statement, and every action and resource of those that have several. */
  get parts(): Part[] {
    return [...this.documents].flatMap(([document, { Statement }]) =>
      Statement.flatMap(({ Sid: sid, Action, Resource = [] }) => [
        { document, sid },
        ...(Array.isArray(Action) ? Action.map((action: string) => ({ document, sid, action })) : []),
        ...(Array.isArray(Resource) ? Resource.map((resource: string) => ({ document, sid, resource })) : []),
      ]),
    );
  }

  statement({ document, sid }: Part): Statement | undefined {
    return this.documents.get(document)?.Statement.find(({ Sid }) => Sid === sid);
  }

  /** A copy with more statements in a document. */
  adding(document: string, ...statements: readonly Statement[]): Deployed {
    return this.with(document, policy(...(this.documents.get(document)?.Statement ?? []), ...statements));
  }

  /** A copy in which a document is another one. */
  with(document: string, policy: PolicyDocument): Deployed {
    const documents = new Map(this.documents).set(document, policy);
    return new Deployed(documents, this.roles, this.reportRoleName);
  }

  /** A copy without one part. */
  without(part: Part): Deployed {
    const document = this.documents.get(part.document);
    if (!document) throw new Error(`no document ${part.document}`);
    return this.with(part.document, {
      ...document,
      Statement: document.Statement.flatMap((statement) =>
        statement.Sid === part.sid ? reduced(statement, part) : [statement],
      ),
    });
  }
}

function reduced(statement: Statement, { action, resource, condition }: Part): Statement[] {
  if (condition) return [withoutCondition(statement, condition)];
  if (action === undefined && resource === undefined) return [];
  const other = (values: Statement['Resource'], value: string | undefined) =>
    Array.isArray(values) ? values.filter((one) => one !== value) : values;
  const Resource = other(statement.Resource, resource);
  return [
    {
      ...statement,
      Action: other(statement.Action, action) ?? statement.Action,
      ...(Resource !== undefined && { Resource }),
    },
  ];
}

function withoutCondition(
  { Condition = {}, ...statement }: Statement,
  [operator, key]: readonly [string, string],
): Statement {
  const kept = Object.entries(Condition).flatMap(([name, tests]) => {
    const others = Object.entries(tests).filter(([one]) => name !== operator || one !== key);
    return others.length > 0 ? [[name, Object.fromEntries(others)] as const] : [];
  });
  return { ...statement, ...(kept.length > 0 && { Condition: Object.fromEntries(kept) }) };
}

interface StackSetTemplate {
  Resources: {
    ReportRole: {
      Properties: { AssumeRolePolicyDocument: object; Policies: [{ PolicyDocument: object }] };
    };
  };
}
