import { createHash } from 'node:crypto';
import { sha256Of } from '../../../handlers/shared/hash';
import { reportTemplates } from '../report-templates';

/** What S3 and the outcome of an account say about its report. */
export interface ReportFacts {
  bytes: number;
  sha256: string;
  etag: string;
}

/** Makes a row of about 300 bytes, as in the reports of large accounts. */
const USER_PATH = ':user/division/department/team-of-some-name/purpose-of-the-user/';

/** Reports that are generated whenever they are read, because all of them would not fit on this machine. */
export class GeneratedReports {
  private readonly template: (account: string) => string;
  private readonly facts = new Map<string, ReportFacts>();

  /** @param users - IAM users of each account */
  constructor(
    readonly accounts: readonly string[],
    users: number,
  ) {
    this.template = reportTemplates({ users, at: new Date('2026-11-22T07:59:00Z') });
    for (const account of accounts) this.facts.set(account, factsOf(this.of(account)));
  }

  of(account: string): string {
    return this.template(account).replaceAll(':user/', USER_PATH);
  }

  factsOf(account: string): ReportFacts {
    const facts = this.facts.get(account);
    if (!facts) throw new Error(`There is no report of the account ${account}`);
    return facts;
  }
}

function factsOf(report: string): ReportFacts {
  const body = Buffer.from(report);
  const md5 = createHash('md5').update(body).digest('hex');
  return { bytes: body.length, sha256: sha256Of(body), etag: `"${md5}"` };
}
