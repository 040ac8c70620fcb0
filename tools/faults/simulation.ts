/** The organization and the bucket of a case, and its runs. */
import { partsOfRun } from '../../handlers/shared/bucket-layout';
import type { CollectReportsEvent } from '../../handlers/shared/events';
import { executionArn } from '../../local/engine/workflow';
import { type SigningKey, makeSigningKey } from '../../local/fake-aws/kms/kms-service';
import type { EmbeddedAccount, EmbeddedOrganization } from '../../local/fake-aws/organization/organization';
import { LocalEndpoint } from '../../local/fake-aws/server';
import type { Execution } from '../../local/fake-aws/states-service';
import { organizationOf } from '../support/embedded';
import { COLLECTING_ACCOUNT } from '../support/embedded-execution';
import type { BrokenRule } from './broken-rule';
import { caseServices } from './case-services';
import { type Delivery, TrackedConnections, deliveryOf, inDelivery } from './deliveries';
import type { FaultCase } from './fault-case';
import { type FaultyRunProps, type Invoke, type Run, type TracedHit, faultyRun } from './faulty-run';
import { type Functions, functionsOn } from './functions';
import { IssuedReports } from './issued-reports';
import { stateMachine } from './state-machine';
import { StoredBucket } from './stored-bucket';

/** How long a silent service keeps a connection open, ms: it stands for the timeout of the client. */
const SILENCE = 20;
const DAY = 24 * 3_600_000;
/** One key for all cases: to make one takes long. */
const signingKey: SigningKey = makeSigningKey(COLLECTING_ACCOUNT);

export interface RunOptions {
  faulty: boolean;
  /** Days before today on which they start. */
  daysAgo?: number;
}

export class Simulation {
  readonly organization: EmbeddedOrganization;
  /** Every account that the organization has or had, by ID. */
  readonly accounts: ReadonlyMap<string, EmbeddedAccount>;
  readonly bucket: StoredBucket;
  readonly issued: IssuedReports;
  /** Rules that a write to the bucket broke. */
  readonly broken: BrokenRule[] = [];
  readonly deliveries: Delivery[] = [];
  /** How the functions of an execution are invoked, by its name. */
  private readonly invocations = new Map<string, Invoke>();
  /** Every execution so far, by its ARN. */
  readonly executions = new Map<string, Execution>();

  constructor(readonly props: FaultCase) {
    const { accounts, suspended } = props;
    this.bucket = new StoredBucket(props.versions);
    this.issued = new IssuedReports(() => this.accounts);
    this.organization = organizationOf({
      accounts,
      suspended: Math.min(suspended, accounts),
      // Reports that are reviewed where they are stored, and larger ones.
      users: (index) => (index % 3 === 1 ? 200 : 2),
      now: this.issued.now,
    });
    this.accounts = new Map(this.organization.accounts.map((account) => [account.id, account]));
  }

  /** The public key that signatures have to fit; undefined if nothing is signed. */
  get publicKey() {
    return this.props.signing ? signingKey.publicKey : undefined;
  }

  /** Runs the executions at the same time, each to its end. Each starts a millisecond after the one before. */
  async run(executions: string[], { faulty, daysAgo = 0 }: RunOptions): Promise<Run[]> {
    const { props } = this;
    const hits: TracedHit[] = [];
    const earlierKeys = new Set(this.bucket.objects().keys());
    const invocationFaults = faulty ? props.invocationFaults : [];
    const runs = await this.withFunctions({ faulty, hits }, (functions) =>
      Promise.all(
        executions.map((execution, index) => {
          const startTime = new Date(Date.now() - daysAgo * DAY + index);
          const onListed = () => faulty && props.leavesAfterListing && this.lastAccountLeaves();
          return this.execute({ execution, startTime, functions, invocationFaults, onListed });
        }),
      ),
    );
    return runs.map((run) => ({
      ...run,
      isFaulty: faulty,
      earlierKeys,
      isAlone: executions.length === 1,
      isRepeatable: props.versions || executions.length === 1,
      hits: hits.filter(({ delivery }) => delivery?.execution === run.execution),
    }));
  }

  /** Redrives a run that failed, without faults. */
  async redriven(run: Run): Promise<Run> {
    const { execution, startTime, result } = run;
    if (result.status === 'SUCCEEDED') return run;
    const ended = await this.withFunctions({ faulty: false, hits: [] }, (functions) =>
      this.execute({
        ...{ execution, startTime, functions },
        invocationFaults: [],
        onListed: () => false,
        redriveFrom: result.failedState,
      }),
    );
    return {
      ...run,
      ...ended,
      deliveries: [...run.deliveries, ...ended.deliveries],
      repeatedListings: [...run.repeatedListings, ...ended.repeatedListings],
      lastAttemptFailed: (name, batch) =>
        ended.lastAttemptFailed(name, batch) ?? run.lastAttemptFailed(name, batch),
    };
  }

  /** Calls functions, without faults unless they are asked for. */
  async withFunctions<Result>(
    { faulty, hits }: { faulty: boolean; hits: TracedHit[] },
    use: (functions: Functions) => Promise<Result>,
  ): Promise<Result> {
    const endpoint = await LocalEndpoint.start(caseServices(this, { faulty, hits, signingKey }), {
      patience: SILENCE,
    });
    const requestHandler = new TrackedConnections();
    const { batchSize, collectsWhileListing, signing } = this.props;
    const invocations: Promise<unknown>[] = [];
    const collectReports = (event: CollectReportsEvent) => {
      const invoke = this.invocations.get(partsOfRun(event.run).execution);
      const result = invoke?.('collect-reports', event) ?? Promise.reject(new Error('there is no such run'));
      invocations.push(result);
      return result;
    };
    const functions = functionsOn({
      endpoint: endpoint.url,
      requestHandler,
      batchSize,
      collectReports: collectsWhileListing ? collectReports : undefined,
      organizationId: this.organization.id,
      signingKey: signing ? signingKey.arn : undefined,
      now: this.issued.now,
    });
    try {
      return await use(functions);
    } finally {
      // Those of a listing that was stopped go on.
      await Promise.allSettled(invocations);
      requestHandler.destroy();
      await endpoint.stop();
    }
  }

  /** Delivers one event outside a workflow. */
  deliver(
    functions: Functions,
    execution: string,
    name: Delivery['function'],
    event: unknown,
  ): Promise<unknown> {
    const delivery = deliveryOf({ id: this.deliveries.length, execution, name, event });
    this.deliveries.push(delivery);
    return inDelivery(delivery, () => functions[name](event, undefined));
  }

  /** Executes a run to its end and keeps its status for `DescribeExecution`. */
  private async execute(run: Omit<FaultyRunProps, 'deliveries' | 'onInvoke'>) {
    const { execution, startTime: startDate } = run;
    const arn = executionArn(stateMachine().arn, execution);
    this.executions.set(arn, { status: 'RUNNING', startDate });
    const ended = await faultyRun({
      ...run,
      deliveries: this.deliveries,
      onInvoke: (invoke) => this.invocations.set(execution, invoke),
    });
    this.executions.set(arn, { status: ended.result.status, startDate });
    return ended;
  }

  /** The last account leaves the organization, unless it is the only one. */
  private lastAccountLeaves(): boolean {
    const [first, ...others] = this.organization.accounts;
    const last = others.at(-1);
    if (!first || !last) return false;
    this.organization.leave(last.id);
    return true;
  }
}
