/** The organization and the bucket of a case, and the runs over them. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { withFaults } from '../../local/organization/faults';
import type { EmbeddedAccount, EmbeddedOrganization } from '../../local/organization/model';
import { LocalEndpoint, servicesOf } from '../../local/organization/server';
import { organizationOf, temporaryFolder } from '../embedded';
import { type Delivery, TrackedConnections, deliveryOf } from './deliveries';
import type { FaultCase } from './fault-case';
import { type Run, type TracedHit, faultyRun } from './faulty-run';
import { functionsOn } from './functions';
import type { Broken } from './broken';
import { watched } from './watched-bucket';

const BUCKET = 'reports';
/** How long a silent service keeps a connection, ms: it stands for the client's timeout. */
const PATIENCE = 20;

export class World {
  readonly organization: EmbeddedOrganization;
  /** Every account that the organization has or had, by id. */
  readonly accounts: ReadonlyMap<string, EmbeddedAccount>;
  /** Rules that were broken while a run went on. */
  readonly broken: Broken[] = [];
  private readonly deliveries: Delivery[] = [];

  private constructor(
    private readonly props: FaultCase,
    private readonly folder: string,
  ) {
    const { accounts, suspended } = props;
    this.organization = organizationOf({ accounts, suspended: Math.min(suspended, accounts) });
    this.accounts = new Map(this.organization.accounts.map((account) => [account.id, account]));
  }

  /** Makes a world, and unmakes it after the work. */
  static async of<Result>(props: FaultCase, work: (world: World) => Promise<Result>): Promise<Result> {
    const { folder, remove } = temporaryFolder();
    try {
      return await work(new World(props, folder));
    } finally {
      remove();
    }
  }

  /** Runs the workflow to its end, more than once at the same time if several executions are named. */
  async run(executions: string[], { faulty }: { faulty: boolean }): Promise<Run[]> {
    const { deliveries, props } = this;
    const hits: TracedHit[] = [];
    const endpoint = await LocalEndpoint.start(this.services(faulty, hits), PATIENCE);
    const requestHandler = new TrackedConnections();
    const functions = await functionsOn({
      endpoint: endpoint.url,
      bucket: BUCKET,
      requestHandler,
      batchSize: props.batchSize,
    });
    const invocationFaults = faulty ? props.invocationFaults : [];
    try {
      const runs = await Promise.all(
        executions.map((execution) => faultyRun({ execution, functions, invocationFaults, deliveries })),
      );
      return runs.map((run) => ({
        ...run,
        hits: hits.filter(({ delivery }) => delivery?.execution === run.execution),
      }));
    } finally {
      requestHandler.destroy();
      await endpoint.stop();
    }
  }

  private services(faulty: boolean, hits: TracedHit[]) {
    const { organization, folder, broken, deliveries, props } = this;
    const { s3, ...services } = servicesOf(organization, folder);
    return withFaults({
      services: { ...services, ...(s3 && { s3: watched(s3, folder, this.accounts, broken) }) },
      faults: faulty ? props.faults : [],
      organization,
      onHit: ({ request, ...hit }) =>
        hits.push({ ...hit, delivery: deliveries[deliveryOf(request.headers)] }),
    });
  }

  has(key: string): boolean {
    return existsSync(join(this.folder, BUCKET, key));
  }

  object(key: string): Buffer {
    return readFileSync(join(this.folder, BUCKET, key));
  }

  json(key: string): unknown {
    return JSON.parse(this.object(key).toString());
  }

  /** Every object of the bucket with a digest of its content. */
  objects(): Map<string, string> {
    const bucket = join(this.folder, BUCKET);
    if (!existsSync(bucket)) return new Map();
    const files = readdirSync(bucket, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    return new Map(
      files.map((file) => {
        const key = join(file.parentPath, file.name).slice(bucket.length + 1);
        return [key, createHash('sha256').update(this.object(key)).digest('hex')];
      }),
    );
  }
}
