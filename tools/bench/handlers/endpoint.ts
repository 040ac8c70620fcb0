import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setDefaultCACertificates } from 'node:tls';
import { Worker } from 'node:worker_threads';
import { generate } from 'selfsigned';
import { keys } from '../../../handlers/shared/bucket-layout';
import { defaultOptions } from '../../../constructs/environment/environment';
import { type Batch, reviewSettingsOf } from '../../../handlers/shared/run-files';
import { TemporaryFolder } from '../../../local/temporary-folder';
import { typescriptOptions } from '../../../local/typescript';
import { defaultSettings } from '../../support/embedded-execution';
import type { EndpointData, StartedEndpoint } from './endpoint-worker';

export const BUCKET = 'reports';

/** Stands for that of a ledger. */
export const NONCE = 'bench';

/** AWS uses TLS only; plain HTTP shows what TLS costs. */
export type Transport = 'TLS' | 'plain HTTP';

/** An embedded organization behind an HTTP endpoint. */
export interface Endpoint extends StartedEndpoint {
  /** Path of its certificate. */
  certificate: string;
  /** Writes the file of a batch into the bucket, as `list-accounts` does. */
  placeBatch: (run: string, batch: number, accounts: string[]) => void;
  stop: () => Promise<void>;
}

export async function startEndpoint(
  transport: Transport,
  accounts: number,
  users: number,
): Promise<Endpoint> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
    keySize: 2048,
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  });
  setDefaultCACertificates([cert]);
  const folder = new TemporaryFolder('bench');
  const certificate = join(folder.path, 'certificate.pem');
  writeFileSync(certificate, cert);
  const tls = transport === 'TLS' && { tls: { key, cert } };
  const worker = new Worker(join(__dirname, 'endpoint-worker.ts'), {
    workerData: { accounts, users, folder: folder.path, ...tls } satisfies EndpointData,
    execArgv: typescriptOptions,
  });
  const [started] = (await once(worker, 'message')) as [StartedEndpoint];
  return {
    ...started,
    certificate,
    placeBatch: (run, batch, accounts) => {
      const file = join(folder.path, BUCKET, keys.batch(run, batch));
      const about = { run, nonce: NONCE, batch, whileListing: false };
      const review = reviewSettingsOf({ startedAt: new Date().toISOString(), settings: defaultSettings });
      const content: Batch = { ...about, waiting: defaultOptions.waiting, review, accounts };
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify(content));
    },
    stop: async () => {
      await worker.terminate();
      folder.remove();
    },
  };
}
