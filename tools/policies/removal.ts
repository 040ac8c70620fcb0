/** What fails when a part of a policy is taken away. */
import type { Call } from './authorization';
import type { Part } from './deployed';
import type { Enforcement } from './enforcement';
import { run } from './run';

/** Statements that no run on this machine needs: who does need them, and for what. */
export const NEEDED_ELSEWHERE: Readonly<Record<string, string>> = {
  Trace: 'AWS Lambda and Step Functions send traces to X-Ray themselves; a run does not depend on them',
  FollowBatches: 'Step Functions follows and stops the children of a Distributed Map itself',
  DeliverLog: 'CloudWatch Logs sets up the delivery of the log when the state machine is made',
  IamPoliciesOfTheAccount: 'people of the account that owns the key manage it',
};

/** The same for an action or a resource of a statement, by how it ends. */
const PARTS_NEEDED_ELSEWHERE: Readonly<Record<string, string>> = {
  's3:AbortMultipartUpload': 'an upload that broke is taken back; none breaks in this run',
  '/manifest.json': 'summarize-run reads the manifest of an earlier run; this is the first',
  '/snapshot.jsonl': 'summarize-run compares with the snapshot of an earlier run; this is the first',
};

function neededElsewhere({ sid, action, resource }: Part): string | undefined {
  const [, reason] =
    Object.entries(PARTS_NEEDED_ELSEWHERE).find(([end]) => (action ?? resource ?? '').endsWith(end)) ?? [];
  return NEEDED_ELSEWHERE[sid] ?? reason;
}

export interface Removal {
  readonly part: Part;
  /** First call that is denied without the part. */
  readonly denied?: Call;
  /** Why there is none. */
  readonly reason?: string;
}

/** Takes away each part that allows something in turn, and runs. */
export async function removals(enforcement: Enforcement): Promise<Removal[]> {
  const { deployed } = enforcement.environment;
  const found: Removal[] = [];
  for (const part of deployed.parts) {
    if (deployed.statement(part)?.Effect === 'Deny') continue;
    await run(enforcement, deployed.without(part));
    const [denied] = enforcement.denied;
    const reason = neededElsewhere(part);
    found.push({ part, ...(denied ? { denied } : reason !== undefined && { reason }) });
  }
  return found;
}

/** One line of the table: document, part, and what fails without it. */
export function row({ part, denied, reason }: Removal): [string, string, string] {
  const short = (arn: string) => arn.replace(/^arn:[^:]*:[^:]*:[^:]*:[^:]*:/, '');
  const what = [part.sid, part.action ?? short(part.resource ?? '')].join(' ').trim();
  const who = denied?.principal.split(/[:/]/).at(-1)?.replace('iam-credential-reports-test-', '') ?? '';
  const fails = denied && `${who}: ${denied.action} ${short(denied.resource)}`;
  return [part.document, what, fails ?? `(${reason ?? 'NOTHING FAILS'})`];
}
