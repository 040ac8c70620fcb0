/** Serves an embedded organization in its own thread, so that its CPU time is not counted as that of the handlers. */
import { parentPort, workerData } from 'node:worker_threads';
import { credentialVariables } from '../../../local/fake-aws/credentials';
import { EmbeddedOrganization } from '../../../local/fake-aws/organization/organization';
import { LocalEndpoint, servicesOf } from '../../../local/fake-aws/server';

export interface EndpointData {
  accounts: number;
  users: number;
  folder: string;
  /**
   * Key and certificate, in PEM.
   * @default - HTTP
   */
  tls?: { key: string; cert: string };
}

export interface StartedEndpoint {
  url: string;
  accounts: string[];
  /** The credentials of the functions, as environment variables. */
  credentials: Record<string, string>;
}

const { accounts, users, folder, tls } = workerData as EndpointData;
const noProblems = { seed: 1, denied: 0, slow: 0, neverReady: 0, throttled: 0, suspended: 0 };
const organization = new EmbeddedOrganization({ accounts, users, ...noProblems });

void LocalEndpoint.start(servicesOf(organization, folder), { tls }).then(({ url }) => {
  const ids = organization.accounts.map(({ id }) => id);
  parentPort?.postMessage({
    url,
    accounts: ids,
    credentials: credentialVariables(),
  } satisfies StartedEndpoint);
});
