/** Which call is denied when a part of a policy is removed. */
import type { Statement } from '../../constructs/policy';
import type { Call } from './authorization';
import type { Part } from './deployed';
import type { Enforcement } from './enforcement';
import { run } from './run';

/** Statements that a run on this machine does not need, with who needs them and why. */
export const NEEDED_ELSEWHERE: Readonly<Record<string, string>> = {
  Trace: 'AWS Lambda and Step Functions send traces to X-Ray; a run succeeds without them',
  FollowBatches: 'Step Functions uses it to monitor and stop the children of a Distributed Map',
  DeliverLog: 'CloudWatch Logs uses it to set up log delivery when the state machine is created',
  ReadTagsOneByOne: 'list-accounts uses it where tag:GetResources is denied, which it is not in this run',
  AbortUploads: 'summarize-run and export-results abort an upload that fails; none fails in this run',
  ReadChanges: 'export-results reads what changed since an earlier day; this is the first run',
  IamPoliciesOfTheAccount: 'administrators of the account that owns the key manage it',
};

/** The same for actions. */
const ACTIONS_NEEDED_ELSEWHERE: Readonly<Record<string, string>> = {
  's3:GetObjectVersion':
    'summarize-run reads a report that a later run of the day replaced; this is the only run',
};

/** In the policy of another account, the Sid also names the function. */
const ownSid = (sid: string) =>
  sid.replace(/Of(ListAccounts|CollectReports|SummarizeRun|ExportResults)$/, '');

const neededElsewhere = ({ sid, action = '' }: Part): string | undefined =>
  NEEDED_ELSEWHERE[ownSid(sid)] ?? ACTIONS_NEEDED_ELSEWHERE[action];

/** Marks a part that nothing needs. */
export const NOT_NEEDED = '(NOT NEEDED: no call is denied without it)';

interface Removal {
  readonly part: Part;
  /** The first call that is denied without the part. */
  readonly denied?: Call;
  /** Why no call is denied. */
  readonly reason?: string;
}

/** For each part that allows something, runs without it, unless another part tells the same. */
export async function removals(enforcement: Enforcement): Promise<Removal[]> {
  const { deployed } = enforcement.environment;
  const found: Removal[] = [];
  for (const part of deployed.parts) {
    const statement = deployed.statement(part);
    if (!statement || statement.Effect === 'Deny') continue;
    const reason = neededElsewhere(part);
    const isWhole = part.action === undefined && part.resource === undefined;
    // What is denied without an action or resource is also denied without the statement.
    if (isWhole && reason === undefined && hasParts(statement)) continue;
    const denied = isWhole || reason === undefined ? await firstDenied(enforcement, part) : undefined;
    found.push({ part, ...(denied ? { denied } : reason !== undefined && { reason }) });
  }
  return found;
}

const hasParts = ({ Action, Resource }: Statement) => Array.isArray(Action) || Array.isArray(Resource);

async function firstDenied(enforcement: Enforcement, part: Part): Promise<Call | undefined> {
  await run(enforcement, enforcement.environment.deployed.without(part));
  return enforcement.denied[0];
}

/** A line of the table: policy, part, and the call that is denied without it. */
export function row({ part, denied, reason }: Removal): [string, string, string] {
  const withoutPrefix = (arn: string) => arn.replace(/^arn:[^:]*:[^:]*:[^:]*:[^:]*:/, '');
  const what = [part.sid, part.action ?? withoutPrefix(part.resource ?? '')].join(' ').trim();
  const who = denied?.principal.split(/[:/]/).at(-1)?.replace('iam-credential-reports-test-', '') ?? '';
  const fails = denied && `${who}: ${denied.action} ${withoutPrefix(denied.resource)}`;
  return [part.document, what, fails ?? (reason === undefined ? NOT_NEEDED : `(${reason})`)];
}
