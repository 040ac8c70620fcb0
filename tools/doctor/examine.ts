import pMap from 'p-map';
import type { AwsConfiguration } from '../../local/aws-configuration/aws-configuration';
import { callerIdentity } from '../../local/aws-configuration/caller-identity';
import { AwsReader } from './aws-reader';
import { type Check, type Finding, type Status, problem } from './check';
import { checks } from './checks';
import { type Subject, type SubjectProps, subjectOf, subjectWithoutAws } from './subject';

/** Checks that run at the same time: more would be throttled. */
const CONCURRENCY = 6;

export interface CheckFinding extends Finding {
  /** ID of the check. */
  readonly check: string;
}

/** What `--json` prints; docs/doctor.md describes it. */
export interface Examination {
  readonly version: 1;
  readonly environment: string;
  readonly region: string;
  /** Account of the caller; null without credentials. */
  readonly account: string | null;
  /** Null if it could not be seen. */
  readonly deployed: boolean | null;
  readonly findings: readonly CheckFinding[];
  readonly counts: Readonly<Record<Status, number>>;
  readonly exitCode: 0 | 1;
}

export type OnProgress = (check: string, done: number, total: number) => void;

/** Runs every check that applies. */
export async function examine(
  aws: AwsConfiguration,
  props: SubjectProps,
  onProgress: OnProgress = () => undefined,
): Promise<Examination> {
  const { region } = props.environment;
  const reader = new AwsReader(aws.client, region);
  const caller = await findCaller({ ...aws.client, region });
  if ('refused' in caller) {
    const subject = subjectWithoutAws(props, caller.refused);
    const offline = checks.filter(({ needs }) => needs === 'files');
    const findings = await run(offline, reader, subject, onProgress);
    const signIn = problem(caller.refused, 'Sign in, then run this again: the other checks need AWS');
    return result(subject, null, [...findings, { check: 'identity', ...signIn }]);
  }
  onProgress('what is deployed', 0, checks.length);
  const subject = await subjectOf(props, caller, reader);
  const due = checks.filter(
    ({ needs, applies }) => (needs !== 'deployment' || subject.isDeployed === true) && applies(subject),
  );
  return result(subject, caller.account, await run(due, reader, subject, onProgress));
}

async function run(
  due: readonly Check[],
  aws: AwsReader,
  subject: Subject,
  onProgress: OnProgress,
): Promise<CheckFinding[]> {
  let done = 0;
  const findings = await pMap(
    due,
    async ({ id, examine: examineOne }) => {
      const found = await examineOne(aws, subject);
      onProgress(id, ++done, due.length);
      return found.map((finding) => ({ check: id, ...finding }));
    },
    { concurrency: CONCURRENCY },
  );
  return findings.flat();
}

async function findCaller(client: Parameters<typeof callerIdentity>[0]) {
  try {
    return await callerIdentity(client);
  } catch (error) {
    return { refused: error instanceof Error ? error.message : String(error) };
  }
}

function result(subject: Subject, account: string | null, findings: readonly CheckFinding[]): Examination {
  const counts = { ok: 0, warning: 0, problem: 0, unknown: 0 };
  for (const { status } of findings) counts[status]++;
  return {
    version: 1,
    environment: subject.name,
    region: subject.environment.region,
    account,
    deployed: subject.isDeployed ?? null,
    findings,
    counts,
    exitCode: counts.problem > 0 ? 1 : 0,
  };
}
