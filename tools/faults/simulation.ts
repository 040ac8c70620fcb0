/** The organization and the bucket of a case, and its runs. */
import { withFaults } from '../../local/fake-aws/faults/faults';
import type { EmbeddedAccount, EmbeddedOrganization } from '../../local/fake-aws/organization/organization';
import { objectsInMemory } from '../../local/fake-aws/s3/objects';
import { iamService } from '../../local/fake-aws/iam-service';
import { organizationsService } from '../../local/fake-aws/organizations-service';
import { s3Over } from '../../local/fake-aws/s3/s3-service';
import { LocalEndpoint } from '../../local/fake-aws/server';
import { type Execution, statesService } from '../../local/fake-aws/states-service';
import { stsService } from '../../local/fake-aws/sts-service';
import { executionArn } from '../../local/engine/workflow';
import { organizationOf } from '../support/embedded';
import type { BrokenRule } from './broken-rule';
import { withCheckedWrites } from './check-writes';
import { type Delivery, TrackedConnections, deliveryIdOf } from './deliveries';
import type { FaultCase } from './fault-case';
import { type Run, type TracedHit, faultyRun } from './faulty-run';
import { functionsOn } from './functions';
import { stateMachine } from './state-machine';

const BUCKET = 'reports';
/** How long a silent service keeps a connection open, ms: it stands for the timeout of the client. */
const SILENCE = 20;

export class Simulation {
  readonly organization: EmbeddedOrganization;
  /** Every account that the organization has or had, by ID. */
  readonly accounts: ReadonlyMap<string, EmbeddedAccount>;
  /** Rules that a write to the bucket broke. */
  readonly broken: BrokenRule[] = [];
  private readonly deliveries: Delivery[] = [];
  /** Every execution so far, by its ARN. */
  private readonly executions = new Map<string, Execution>();
  /** Every object, by bucket and key. */
  private readonly contents = new Map<string, Buffer>();
  private readonly stored = objectsInMemory(this.contents);
  /** Versions that were overwritten. */
  private readonly archive = objectsInMemory(new Map());

  constructor(private readonly props: FaultCase) {
    const { accounts, suspended } = props;
    this.organization = organizationOf({
      accounts,
      suspended: Math.min(suspended, accounts),
      // Small reports, which fit into a report pack, and large ones.
      users: (index) => (index % 3 === 1 ? 100 : 2),
    });
    this.accounts = new Map(this.organization.accounts.map((account) => [account.id, account]));
  }

  /** Runs the executions at the same time, each to its end. */
  async run(executions: string[], { faulty }: { faulty: boolean }): Promise<Run[]> {
    const { deliveries, props } = this;
    const hits: TracedHit[] = [];
    const endpoint = await LocalEndpoint.start(this.services(faulty, hits), { patience: SILENCE });
    const requestHandler = new TrackedConnections();
    const background: Promise<unknown>[] = [];
    const functions = functionsOn({
      endpoint: endpoint.url,
      bucket: BUCKET,
      requestHandler,
      batchSize: props.batchSize,
      prefetch: props.prefetch,
      background,
    });
    const invocationFaults = faulty ? props.invocationFaults : [];
    try {
      const runs = await Promise.all(
        executions.map(async (execution) => {
          const arn = executionArn(stateMachine().arn, execution);
          const startTime = new Date();
          this.executions.set(arn, { status: 'RUNNING', startDate: startTime });
          const run = await faultyRun({ execution, startTime, functions, invocationFaults, deliveries });
          this.executions.set(arn, { status: run.result.status, startDate: startTime });
          return run;
        }),
      );
      return runs.map((run) => ({
        ...run,
        hits: hits.filter(({ delivery }) => delivery?.execution === run.execution),
      }));
    } finally {
      await Promise.all(background);
      requestHandler.destroy();
      await endpoint.stop();
    }
  }

  private services(faulty: boolean, hits: TracedHit[]) {
    const { organization, contents, stored, archive, accounts, broken, deliveries, props } = this;
    return withFaults({
      services: {
        organizations: organizationsService(organization),
        sts: stsService(organization),
        iam: iamService(organization),
        states: statesService((arn) => this.executions.get(arn)),
        s3: withCheckedWrites({ s3: s3Over(stored, { archive }), contents, accounts, broken }),
      },
      faults: faulty ? props.faults : [],
      organization,
      onHit: ({ request, ...hit }) =>
        hits.push({ ...hit, delivery: deliveries[deliveryIdOf(request.headers)] }),
    });
  }

  object(key: string): Buffer | undefined {
    return this.contents.get(`${BUCKET}/${key}`);
  }

  /** Content of a JSON file. */
  json(key: string): unknown {
    return JSON.parse(String(this.object(key)));
  }

  /** Every object of the bucket at this moment, by key. */
  objects(): Map<string, Buffer> {
    return new Map([...this.contents].map(([path, content]) => [path.slice(BUCKET.length + 1), content]));
  }
}
