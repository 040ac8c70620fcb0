import { Random } from '../../../local/fake-aws/random';
import { COLLECTING_ACCOUNT, model } from '../model';
import { reportTemplates } from '../report-templates';
import { type ReportTime, SeededRandom } from '../seeded-random';
import { START } from '../virtual-time';

/** State of a report, as GenerateCredentialReport returns it. */
type ReportState = 'STARTED' | 'INPROGRESS' | 'COMPLETE';

/** An organization in which every account takes its own time to generate its report. */
export class ModeledOrganization {
  /** In the order in which ListAccounts returns them. */
  readonly ids: string[];
  /** Seconds that each account takes to generate its report. */
  private readonly generationSeconds: Map<string, number>;
  /** When each report was requested, ms since 1970. */
  private readonly requestedAt = new Map<string, number>();
  /** The report of an account. */
  readonly report = reportTemplates({ users: model.usersPerAccount, at: new Date(START) });

  /** @param managementAccount - another than the collecting one if a delegated administrator collects */
  constructor(
    accounts: number,
    reportTime: ReportTime,
    seed: number,
    private readonly managementAccount = COLLECTING_ACCOUNT,
  ) {
    const random = new SeededRandom(seed);
    // AWS documents no order of the accounts that ListAccounts returns.
    this.ids = new Random(seed).shuffled(
      Array.from({ length: accounts }, (_, index) => String(100_000_000_000 + index * 7_919)),
    );
    this.generationSeconds = new Map(this.ids.map((id) => [id, random.logNormal(reportTime)]));
  }

  /** Seconds that the slowest account takes. */
  get slowestSeconds(): number {
    return this.readySeconds(() => 0);
  }

  /** Seconds until every report is ready if each is requested as soon as its account is listed. */
  readySeconds(listedAt: (index: number) => number): number {
    return this.ids.reduce(
      (last, id, index) => Math.max(last, listedAt(index) + (this.generationSeconds.get(id) ?? 0)),
      0,
    );
  }

  generate(account: string): ReportState {
    const requestedAt = this.requestedAt.get(account);
    if (requestedAt === undefined) {
      this.requestedAt.set(account, Date.now());
      return 'STARTED';
    }
    return this.isReady(account) ? 'COMPLETE' : 'INPROGRESS';
  }

  /** Whether there is a report to get. */
  isReady(account: string): boolean {
    const requestedAt = this.requestedAt.get(account) ?? Infinity;
    return Date.now() - requestedAt >= (this.generationSeconds.get(account) ?? 0) * 1000;
  }

  /** A page of ListAccounts. */
  page(token: string | undefined, size: number) {
    const { page, next } = pageOf(this.ids, token, size);
    return {
      Accounts: page.map((Id) => ({
        Id,
        Arn: this.arnOf(Id),
        Name: `account-${Id}`,
        State: 'ACTIVE',
        Paths: [`o-modeled001/r-ab12/${unitOf(Number(Id))}/${Id}/`],
      })),
      ...(next !== '' && { NextToken: next }),
    };
  }

  /** A page of GetResources: every account has an owner. */
  taggedPage(token: string | undefined, size: number) {
    const { page, next } = pageOf(this.ids, token, size);
    return {
      ResourceTagMappingList: page.map((id) => ({ ResourceARN: this.arnOf(id), Tags: this.tags(id) })),
      PaginationToken: next,
    };
  }

  /** A page of ListOrganizationalUnitsForParent. */
  unitsPage(token: string | undefined, size: number) {
    const units = Array.from({ length: model.units }, (_, index) => index);
    const { page, next } = pageOf(units, token, size);
    return {
      OrganizationalUnits: page.map((unit) => ({ Id: unitOf(unit), Name: `unit-${unit}` })),
      ...(next !== '' && { NextToken: next }),
    };
  }

  tags(account: string) {
    return [{ Key: 'Owner', Value: `team-${Number(account) % model.units}` }];
  }

  private arnOf(account: string): string {
    return `arn:aws:organizations::${this.managementAccount}:account/o-modeled001/${account}`;
  }
}

const unitOf = (account: number) => `ou-ab12-${String(account % model.units).padStart(8, '0')}`;

/** @returns `next`: the token of the next page; empty after the last one */
function pageOf<Item>(items: readonly Item[], token: string | undefined, size: number) {
  const from = Number(token ?? 0);
  const next = from + size;
  return { page: items.slice(from, next), next: next < items.length ? String(next) : '' };
}
