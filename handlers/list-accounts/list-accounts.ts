import { randomUUID } from 'node:crypto';
import type { IAMClient } from '@aws-sdk/client-iam';
import { type Account, ListAccountsCommand, type OrganizationsClient } from '@aws-sdk/client-organizations';
import type { ReportBucket } from '../shared/aws/report-bucket';
import { UnexpectedAnswer, refusePages } from '../shared/aws/unexpected-answer';
import { runOf } from '../shared/bucket-layout';
import { ListAccountsEvent, type Run, type RunSettings, wantedTags } from '../shared/events';
import { log } from '../shared/log';
import { type LedgerAccount, type ReviewSettings, reviewSettingsOf } from '../shared/run-files';
import { settingsHash } from '../shared/settings-hash';
import { InvalidInput, validated } from '../shared/validation';
import { ledgerAccount } from './account-selection';
import { centralRootAccess, centralRootAccessOf } from './central-root-access';
import { copyExemptions } from './exemptions-copy';
import { type ExecutionState, runningExecution } from './execution';
import { LedgerFile, type StoredLedger } from './ledger-file';
import { organizationOf } from './organization-of';
import { type AssignedBatches, ListedBatches, type ListedBatchesProps } from './listed-batches';
import { type OwnerClients, Ownership } from './owners/ownership';
import { LIST_ACCOUNTS_QUOTA } from './settings';
import { TokenBucket } from './token-bucket';

/** Most accounts in a page (https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html). */
const PAGE_SIZE = 20;

export interface ListAccountsProps extends Pick<ListedBatchesProps, 'collectReports'> {
  organizations: OrganizationsClient;
  /** Asked about central root access. */
  iam: IAMClient;
  /** Asks AWS Step Functions about an execution, by ARN. */
  describeExecution: (arn: string) => Promise<ExecutionState>;
  /** Makes the clients that read owners; called only if the settings ask for owners. */
  ownerClients: () => OwnerClients;
  bucket: ReportBucket;
  /** Name of the environment. */
  environment: string;
  /** ARN of the state machine whose executions are accepted. */
  stateMachine: string;
  /** Hash of the settings that are accepted. */
  settingsHash: string;
  /**
   * Reads the exemptions file that is deployed with the function.
   * @default - there is none
   */
  readExemptions?: (() => Uint8Array | undefined) | undefined;
  /** Accounts in a batch. */
  batchSize: number;
  /**
   * Pages of accounts requested per second.
   * @default - no limit
   */
  pagesPerSecond?: number;
}

/**
 * Writes the ledger of the run, which has every account of the organization, and the batches to collect. Most accounts are
 * collected while others are listed.
 */
export const listAccounts =
  (props: ListAccountsProps) =>
  async (event: unknown): Promise<Run> => {
    const { bucket, environment, batchSize } = props;
    const { execution, settings } = validated(ListAccountsEvent, event, 'The event of list-accounts');
    if (settingsHash(settings) !== props.settingsHash)
      throw new InvalidInput(
        'The settings of the event are not those of the deployment. If a deployment has just changed them, start a new execution',
      );
    const { name, startedAt } = await runningExecution(
      execution,
      props.stateMachine,
      props.describeExecution,
    );
    const started = startedAt.toISOString();
    const date = started.slice(0, 'YYYY-MM-DD'.length);
    const run = runOf(date, name);

    const { exemptionsFile } = settings.checks;
    if (exemptionsFile)
      await copyExemptions(bucket, run, exemptionsFile, props.readExemptions ?? (() => undefined));
    const about = { environment, execution: name, date, startedAt: started, settings, batchSize };
    const file = new LedgerFile(bucket, about);
    const { ledger, sha256 } =
      (await file.adopt()) ??
      (await writeLedger(file, { run, date, settings, review: reviewSettingsOf(about) }, props));
    const { accounts, openBatches, nonce } = ledger;
    const expected = expectedIds(accounts).length;
    const skipped = accounts.length - expected;
    log('listed accounts', { run, expected, skipped, openBatches: openBatches.length });
    return { run, ledger: sha256, nonce, expected, skipped, batches: openBatches };
  };

/** Lists the organization, has its accounts collected meanwhile, reads whose they are, and writes the ledger. */
async function writeLedger(
  file: LedgerFile,
  {
    run,
    date,
    settings,
    review,
  }: { run: string; date: string; settings: RunSettings; review: ReviewSettings },
  props: ListAccountsProps,
): Promise<StoredLedger> {
  const { organizations, iam, stateMachine, pagesPerSecond = Infinity } = props;
  const collectingAccount = accountOf(stateMachine);
  const answer = centralRootAccess({ iam, partition: partitionOf(stateMachine), run });
  // An organization that changes while it is listed may show an account on two pages.
  const listed = new Map<string, LedgerAccount>();
  let organization = organizationOf(undefined);
  let assigned: AssignedBatches;
  const nonce = randomUUID();
  const batches = new ListedBatches({ ...props, run, nonce, settings, review });
  const ownership =
    settings.owners || wantedTags(settings).length > 0
      ? new Ownership({
          ...props,
          run,
          clients: props.ownerClients(),
          settings,
          collectingAccount,
          today: date,
        })
      : undefined;
  const tokens = new TokenBucket({ perSecond: pagesPerSecond, burst: LIST_ACCOUNTS_QUOTA.burst });
  try {
    for await (const page of accountPages(organizations, tokens)) {
      const accounts = page.map((account) => ledgerAccount(account, settings.selection, collectingAccount));
      // What is collected already is expected, whatever a later page says.
      for (const account of accounts) if (!batches.has(account.id)) listed.set(account.id, account);
      if (organization.id === '') organization = organizationOf(page[0]);
      batches.add(expectedIds(accounts));
      ownership?.add(page, accounts);
    }
    [assigned] = await Promise.all([
      batches.end(),
      // Its calls end when it is done or out of time, while batches are still being collected.
      ownership?.end().finally(() => {
        ownership.stop();
      }),
    ]);
  } finally {
    ownership?.stop();
  }
  const accounts = [...listed.values()]
    .map((account) => withBatch(ownership?.applied(account) ?? account, assigned))
    .sort((a, b) => a.id.localeCompare(b.id));
  const rootCredentials = centralRootAccessOf(organization.id, await answer);
  const notes = [...(ownership?.notes(accounts) ?? [])];
  const [stored] = await Promise.all([
    file.write({
      nonce,
      organization: { ...organization, rootCredentials },
      ...(notes.length > 0 && { notes }),
      accounts,
      openBatches: assigned.open,
    }),
    ownership?.keep(accounts),
  ]);
  return stored;
}

/** @param arn - arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE */
const partitionOf = (arn: string) => arn.split(':')[1] ?? '';

/** @param arn - arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE */
const accountOf = (arn: string) => arn.split(':')[4] ?? '';

const expectedIds = (accounts: readonly LedgerAccount[]) =>
  accounts.filter(({ skip }) => skip === undefined).map(({ id }) => id);

const withBatch = (account: LedgerAccount, { batchOf }: AssignedBatches): LedgerAccount => {
  const batch = batchOf.get(account.id);
  return batch === undefined ? account : { ...account, batch };
};

/** The client retries a page that is throttled, so the listing never starts over. */
async function* accountPages(client: OrganizationsClient, tokens: TokenBucket): AsyncGenerator<Account[]> {
  refusePages(client);
  let NextToken: string | undefined;
  do {
    await tokens.take();
    const page = await client.send(new ListAccountsCommand({ MaxResults: PAGE_SIZE, NextToken }));
    // Taken for an empty list, it would end the listing, and accounts would be missing in silence.
    if (!page.Accounts) throw new UnexpectedAnswer('AWS Organizations answered without a list of accounts');
    // A page may be empty and still not be the last one.
    yield page.Accounts;
    ({ NextToken } = page);
  } while (NextToken);
}
