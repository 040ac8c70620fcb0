import { ListTagsForResourceCommand, type OrganizationsClient } from '@aws-sdk/client-organizations';
import {
  GetResourcesCommand,
  type ResourceGroupsTaggingAPIClient,
  type Tag,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { UnexpectedAnswer } from '../../shared/aws/unexpected-answer';
import { TokenBucket } from '../token-bucket';
import { type Directory, type KnownTags, only } from './directory-file';
import { failureNotes, isAborted, isRefused, nameOf } from './optional-calls';
import { ratedCalls } from './rated-calls';

/**
 * Calls of GetResources, of which AWS allows 15 a second (https://docs.aws.amazon.com/tag-editor/latest/userguide/reference.html);
 * the rest is for other callers.
 */
const GET_RESOURCES_RATE = { perSecond: 12, burst: 12 };

/** Most resources in a page (https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html). */
const PAGE_SIZE = 100;

/**
 * Calls of ListTagsForResource: AWS allows 10 a second and 15 at once
 * (https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html).
 */
export const LIST_TAGS_RATE = { perSecond: 10, burst: 12 };

export interface AccountTagsProps {
  tagging: ResourceGroupsTaggingAPIClient;
  organizations: OrganizationsClient;
  /** Keys of the tags that are wanted. */
  wanted: readonly string[];
  today: string;
  signal: AbortSignal;
}

/** The tags of accounts. What does not arrive in time is missing; nothing here throws. */
export class AccountTags {
  private readonly problems: string[] = [];
  private state: 'not-started' | 'whole' | 'one-by-one' | 'complete' = 'not-started';
  /** By account: of this run, and of earlier ones as long as accounts are read one by one. */
  known = new Map<string, KnownTags>();
  /** Names of the errors of calls that failed. */
  private readonly failures: string[] = [];
  /** Accounts to read one by one of which nothing is known. */
  private unread: string[] = [];

  constructor(private readonly props: AccountTagsProps) {}

  /** Of an account; undefined if they are not known. */
  of(account: string): KnownTags | undefined {
    // GetResources leaves out accounts without tags: they have none only if every page has arrived.
    return this.known.get(account) ?? (this.state === 'complete' ? this.read([]) : undefined);
  }

  /** Whether accounts are read one by one, so that what is known now is needed by the next run. */
  get isOneByOne(): boolean {
    return this.state === 'one-by-one';
  }

  /** What could not be read, and why. */
  notes(): string[] {
    if (this.state === 'whole' && this.problems.length === 0)
      return ['Account tags: the listing of the accounts ended before all had arrived'];
    if (!this.isOneByOne || this.known.size === 0) return this.problems;
    const dates = [...this.known.values()].map(({ asOf }) => asOf);
    const now = dates.filter((date) => date === this.props.today).length;
    const oldest = dates.reduce((first, date) => (date < first ? date : first));
    return [
      ...this.problems,
      `Account tags are read account by account: those of ${now} accounts today, of ${dates.length - now} earlier, the oldest on ${oldest}`,
    ];
  }

  /** Accounts that are listed; call it while {@link readOneByOne} is running. */
  add(accounts: readonly string[]): void {
    this.unread.push(...accounts);
  }

  /**
   * Reads the tags of all accounts. Only the management account can.
   * @returns whether it may: if not, they have to be read one by one
   */
  async readWhole(): Promise<boolean> {
    const { tagging, signal } = this.props;
    this.state = 'whole';
    const tokens = new TokenBucket(GET_RESOURCES_RATE);
    try {
      let PaginationToken: string | undefined;
      do {
        await tokens.take();
        const page = await tagging.send(
          new GetResourcesCommand({
            ResourceTypeFilters: ['organizations:account'],
            ResourcesPerPage: PAGE_SIZE,
            PaginationToken,
          }),
          { abortSignal: signal },
        );
        // Taken for an empty list, it would leave accounts without tags in silence.
        if (!page.ResourceTagMappingList) throw new UnexpectedAnswer('GetResources answered without a list');
        for (const { ResourceARN = '', Tags = [] } of page.ResourceTagMappingList) {
          const [, account] = /:account\/[^/]+\/(\d{12})$/.exec(ResourceARN) ?? [];
          if (account !== undefined) this.known.set(account, this.read(Tags));
        }
        ({ PaginationToken } = page);
      } while (PaginationToken);
      this.state = 'complete';
    } catch (error) {
      if (isAborted(error)) return true;
      const isDenied = isRefused(error);
      const next = isDenied ? 'they are read account by account' : 'those that had not arrived are unknown';
      this.problems.push(`Account tags: tag:GetResources failed with ${nameOf(error)}; ${next}`);
      return !isDenied;
    }
    return true;
  }

  /**
   * Reads the tags of one account after the other: first of those of which nothing is known, then of those that were read
   * the longest ago.
   * @param earlier - what earlier runs have read, and which accounts they did not reach
   * @param isListing - whether more accounts may be added
   */
  async readOneByOne(
    { tags, unread }: Pick<Directory, 'tags' | 'unread'>,
    isListing: () => boolean,
  ): Promise<void> {
    this.state = 'one-by-one';
    this.known = new Map(tags);
    const oldestFirst = [...tags].sort(([, a], [, b]) => (a.asOf < b.asOf ? -1 : a.asOf > b.asOf ? 1 : 0));
    const again = oldestFirst.map(([account]) => account);
    // The file may name any number of accounts, and each many times.
    this.unread = [...new Set([...unread, ...this.unread])].filter((account) => !this.known.has(account));
    const called = new Set<string>();
    const next = () => {
      const first = (queue: string[], isDone: (account: string) => boolean) => {
        while (queue[0] !== undefined && isDone(queue[0])) queue.shift();
        return queue.shift();
      };
      const account =
        first(this.unread, (one) => called.has(one) || this.known.has(one)) ??
        first(again, (one) => called.has(one));
      if (account !== undefined) called.add(account);
      return account;
    };
    try {
      await ratedCalls({
        rate: LIST_TAGS_RATE,
        next,
        hasMore: isListing,
        call: (account) => this.readOne(account),
        signal: this.props.signal,
      });
    } catch (error) {
      this.problems.push(`Account tags: organizations:ListTagsForResource failed with ${nameOf(error)}`);
    }
    this.problems.push(...failureNotes('Account tags', 'organizations:ListTagsForResource', this.failures));
  }

  /** @throws if the call is not allowed: then no other one is */
  private async readOne(account: string): Promise<void> {
    const { organizations, signal } = this.props;
    try {
      const tags: Tag[] = [];
      let NextToken: string | undefined;
      do {
        const command = new ListTagsForResourceCommand({ ResourceId: account, NextToken });
        const page = await organizations.send(command, { abortSignal: signal });
        if (!page.Tags) throw new UnexpectedAnswer('ListTagsForResource answered without tags');
        tags.push(...page.Tags);
        ({ NextToken } = page);
      } while (NextToken);
      this.known.set(account, this.read(tags));
    } catch (error) {
      if (isRefused(error)) throw error;
      // It left the organization.
      if (nameOf(error) === 'TargetNotFoundException') this.known.delete(account);
      else if (!isAborted(error)) this.failures.push(nameOf(error));
    }
  }

  private read(tags: readonly Tag[]): KnownTags {
    const values = Object.fromEntries(tags.map(({ Key = '', Value }) => [Key, Value]));
    return { values: only(this.props.wanted, values), asOf: this.props.today };
  }
}
