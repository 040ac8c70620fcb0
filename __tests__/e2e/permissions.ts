import { keyOf } from '../../tools/policies/deployer/calls';
import type { RoleCall } from '../../tools/policies/role-decision';
import { TerraformCalls } from '../support/emulator/calls/terraform-calls';
import { accessDenied } from '../support/emulator/denial';
import type { Emulator } from '../support/emulator/emulator';
import { type Answer, type Request, queryOf, signerOf } from '../support/emulator/front';

/** What the emulator or a test names, and how the documented policies name it. */
export type Placeholders = readonly (readonly [text: string | RegExp, placeholder: string])[];

/** A role whose policy is enforced. */
export class EnforcedRole {
  private readonly made = new Map<string, RoleCall>();
  private readonly decisions = new Map<string, Promise<boolean>>();

  /** @param allows - whether its policy allows a call */
  constructor(private readonly allows: (call: RoleCall) => Promise<boolean>) {}

  /** What it called, each once. */
  get calls(): RoleCall[] {
    return [...this.made.values()];
  }

  may(call: RoleCall): Promise<boolean> {
    this.record(call);
    const key = keyOf(call);
    const decision = this.decisions.get(key) ?? this.allows(call);
    this.decisions.set(key, decision);
    return decision;
  }

  /** Whether a key has its alias already depends on what Terraform does at the same time. */
  private record({ context = {}, ...call }: RoleCall): void {
    const { 'kms:ResourceAliases': _aliases, ...kept } = context;
    const recorded = Object.keys(kept).length > 0 ? { ...call, context: kept } : call;
    this.made.set(keyOf(recorded), recorded);
  }
}

interface Session {
  role: EnforcedRole;
  /** ID of its account in the emulator. */
  account: string;
}

/**
 * Enforces documented policies: every request of their roles, and of the roles that these assume, is decided as AWS would.
 * The functions and the tests themselves need no permission.
 */
export class Permissions {
  private readonly denied: string[] = [];
  private readonly sessions = new Map<string, Session>();
  private readonly requests = new TerraformCalls();

  constructor(
    emulator: Emulator,
    private readonly placeholders: Placeholders,
  ) {
    emulator.watch({
      before: (request) => this.decide(request),
      after: (request, answer) => this.follow(request, answer),
    });
  }

  /** Whoever has the access key is a role in an account. */
  enforce(accessKey: string, session: Session): void {
    this.sessions.set(accessKey, session);
  }

  /** @throws if something was denied, which Terraform may have swallowed */
  assertNothingDenied(): void {
    if (this.denied.length > 0) throw new Error(`The documented policies deny:\n${this.denied.join('\n')}`);
  }

  private async decide(request: Request): Promise<Answer | undefined> {
    const session = this.sessionOf(request);
    if (!session) return undefined;
    try {
      for (const call of this.requests.of(request, session.account)) {
        const allowed = await session.role.may(this.documented(call));
        if (!allowed) throw new Error(`${call.action} on ${call.resource}`);
      }
    } catch (error) {
      // Terraform would try again for minutes after another answer.
      const { message } = error as Error;
      this.denied.push(message);
      return accessDenied(request, `not authorized to perform: ${message}`);
    }
    return undefined;
  }

  /** Terraform assumes the role of another account. */
  private follow(request: Request, answer: Answer): Answer {
    const session = this.sessionOf(request);
    const query = queryOf(request);
    if (!session || query.get('Action') !== 'AssumeRole') return answer;
    const [, accessKey] = /<AccessKeyId>(\w+)</.exec(answer.body.toString()) ?? [];
    const account = query.get('RoleArn')?.split(':')[4] ?? '';
    if (accessKey !== undefined) this.enforce(accessKey, { ...session, account });
    return answer;
  }

  private sessionOf(request: Request): Session | undefined {
    return this.sessions.get(signerOf(request)?.accessKey ?? '');
  }

  private documented(call: RoleCall): RoleCall {
    const text = this.placeholders.reduce(
      (changed, [real, placeholder]) => changed.replaceAll(real, placeholder),
      JSON.stringify(call),
    );
    return JSON.parse(text) as RoleCall;
  }
}
