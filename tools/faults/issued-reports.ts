/** Every report and list that IAM returned in a case: whatever is stored has to be one of them. */
import { serviceCredentialsText } from '../../handlers/credential-report/service-credentials';
import { sha256Of } from '../../handlers/shared/hash';
import type { EmbeddedAccount } from '../../local/fake-aws/organization/organization';
import { type Service, queryParameters } from '../../local/fake-aws/service';
import { accountOfSession } from '../../local/fake-aws/sts-service';

export interface IssuedReport {
  content: Buffer;
  generatedAt: string;
}

/** IAM generates a new report after four hours, ms. */
const REPORT_LIFETIME = 4 * 3_600_000;

export class IssuedReports {
  private readonly reports = new Map<string, IssuedReport>();
  /** Accounts with the hashes of their lists. */
  private readonly lists = new Set<string>();
  private expired = 0;

  constructor(private readonly accounts: () => ReadonlyMap<string, EmbeddedAccount>) {}

  /** The time as IAM sees it. */
  readonly now = (): Date => new Date(Date.now() + this.expired * REPORT_LIFETIME);

  /** Makes IAM generate new reports from now on. */
  expire(): void {
    this.expired++;
  }

  /**
   * IAM, with a record of what it returns.
   * @param expireAfter - calls after which all reports expire
   */
  recording(iam: Service, expireAfter: number): Service {
    let calls = 0;
    return async (request) => {
      if (calls++ === expireAfter) this.expire();
      const response = await iam(request);
      const account = accountOfSession(request.accessKeyId);
      const isList = queryParameters(request).get('Action') === 'ListServiceSpecificCredentials';
      const credentials = isList && this.accounts().get(account)?.serviceCredentials().credentials;
      if (credentials) this.lists.add(`${account} ${sha256Of(serviceCredentialsText(account, credentials))}`);
      const report = this.accounts().get(account)?.currentReport();
      if (report) {
        const issued = { content: report.content, generatedAt: report.generatedAt.toISOString() };
        this.reports.set(`${account} ${sha256Of(report.content)}`, issued);
      }
      return response;
    };
  }

  /** The report of an account that has a hash; nothing if IAM never returned it. */
  of(account: string, sha256: string): IssuedReport | undefined {
    return this.reports.get(`${account} ${sha256}`);
  }

  /** Whether IAM returned a list of service-specific credentials with a hash for an account. */
  hasList(account: string, sha256: string): boolean {
    return this.lists.has(`${account} ${sha256}`);
  }
}
