/** Runs that were summarized, in a bucket that a real client reads over HTTP. */
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { kmsSigner } from '../../handlers/summarize-run/publish/kms-signer';
import type { Signer } from '../../handlers/summarize-run/publish/signer';
import { credentialsOf } from '../../local/fake-aws/credentials';
import { kmsService, makeSigningKey } from '../../local/fake-aws/kms/kms-service';
import { LocalEndpoint } from '../../local/fake-aws/server';
import { COLLECTING_ACCOUNT } from '../../tools/support/embedded-execution';
import { S3Store } from '../../tools/verify/s3-store';
import { inProcess } from './in-process-handler';
import { MemoryS3 } from './memory-s3';
import { key, root } from './rows';
import { type StoredAccount, type StoredRunProps, accountId, as } from './stored-run';
import { type SummarizedRun, SummarizedRuns } from './summarized';

interface ServedProps {
  environment?: string;
  /** Comes before every key. */
  prefix?: string;
  signer?: Signer;
}

const id = accountId(1);
const accounts: StoredAccount[] = [
  { id, rows: [as('<root_account>', id, root), as('ada', id, key(1, 400, 'never'))] },
];

export class ServedRuns {
  readonly runs: SummarizedRuns;
  private readonly requestHandler = new NodeHttpHandler();
  private endpoint: LocalEndpoint | undefined;

  constructor(private readonly props: ServedProps = {}) {
    const { environment = 'production', signer } = props;
    this.runs = new SummarizedRuns({ environment, ...(signer && { signer }) });
  }

  /** Objects that a test may change behind the back of everybody, by their key without the prefix. */
  get objects() {
    return this.runs.s3.objects;
  }

  /** @param changes - what differs from a run of one account with findings */
  run(date: string, changes: Partial<StoredRunProps> = {}): Promise<SummarizedRun> {
    return this.runs.run(accounts, { date, execution: `run-${date}`, ...changes });
  }

  /** A store over what is there now. */
  async store(): Promise<S3Store> {
    const { prefix = '' } = this.props;
    const s3 = new MemoryS3({ owner: COLLECTING_ACCOUNT });
    for (const [name, content] of this.objects) s3.objects.set(`${prefix}${name}`, content);
    await this.stop();
    this.endpoint = await LocalEndpoint.start({ s3: s3.service });
    const client = new S3Client({
      ...{ endpoint: this.endpoint.url, region: 'us-east-1', maxAttempts: 1 },
      ...{ requestHandler: this.requestHandler, credentials: credentialsOf() },
    });
    return new S3Store(client, { bucket: s3.name, prefix, owner: COLLECTING_ACCOUNT });
  }

  async stop(): Promise<void> {
    this.requestHandler.destroy();
    await this.endpoint?.stop();
    this.endpoint = undefined;
  }
}

/** A key of KMS that signs. */
export function newSigner(): Signer {
  const signingKey = makeSigningKey(COLLECTING_ACCOUNT);
  const kms = new KMSClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIALOCALCOLLECTOR00', secretAccessKey: 'local' },
    requestHandler: inProcess('kms', kmsService({ keys: [signingKey] })),
  });
  return kmsSigner(kms, signingKey.arn);
}
