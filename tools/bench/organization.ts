import { credentialReport } from '../../local/fake-aws/organization/credential-report';
import { Random } from '../../local/fake-aws/random';
import { Chance, type ReportTime } from './chance';
import { model } from './model';
import { START } from './virtual-time';

/** What IAM says of a request to make the report. */
type Generation = 'STARTED' | 'INPROGRESS' | 'COMPLETE';

/** Reports that are told apart; the others repeat them under another account. */
const TEMPLATES = 16;
const PLACEHOLDER = '000000000000';

/** A modelled organization: every account takes its own time to make a report. */
export class ModelledOrganization {
  /** In the order of the list. */
  readonly ids: string[];
  /** Seconds that each account takes. */
  private readonly takes: Map<string, number>;
  private readonly asked = new Map<string, number>();
  private readonly templates = Array.from({ length: TEMPLATES }, (_, seed) =>
    credentialReport(
      { id: PLACEHOLDER, partition: 'aws', seed, users: model.usersPerAccount },
      new Date(START),
    ).content.toString(),
  );

  constructor(accounts: number, reportTime: ReportTime, seed: number) {
    const chance = new Chance(seed);
    // ListAccounts gives accounts in no order that is documented.
    this.ids = new Random(seed).shuffled(
      Array.from({ length: accounts }, (_, index) => String(100_000_000_000 + index * 7_919)),
    );
    this.takes = new Map(this.ids.map((id) => [id, chance.logNormal(reportTime)]));
  }

  /** Seconds of the slowest account. */
  get slowestSeconds(): number {
    return this.readySeconds(() => 0);
  }

  /** Seconds until every report is ready if each account is asked as soon as it is listed. */
  readySeconds(listedAt: (index: number) => number): number {
    return this.ids.reduce(
      (last, id, index) => Math.max(last, listedAt(index) + (this.takes.get(id) ?? 0)),
      0,
    );
  }

  generate(account: string): Generation {
    const asked = this.asked.get(account);
    if (asked === undefined) {
      this.asked.set(account, Date.now());
      return 'STARTED';
    }
    return Date.now() - asked < (this.takes.get(account) ?? 0) * 1000 ? 'INPROGRESS' : 'COMPLETE';
  }

  report(account: string): string {
    const template = this.templates[Number(account) % TEMPLATES] ?? '';
    return template.replaceAll(PLACEHOLDER, account);
  }

  /** A page of ListAccounts as AWS answers it. */
  page(token: string | undefined, size: number) {
    const from = Number(token ?? 0);
    const next = from + size;
    return {
      Accounts: this.ids.slice(from, next).map((Id) => ({
        Id,
        Arn: `arn:aws:organizations::100000000000:account/o-modelled01/${Id}`,
        Name: `account-${Id}`,
        State: 'ACTIVE',
        Paths: [`o-modelled01/r-ab12/ou-ab12-11111111/${Id}/`],
      })),
      ...(next < this.ids.length && { NextToken: String(next) }),
    };
  }
}
