/**
 * What the summary needs of an account, made from its report alone: plain data. `collect-reports` reviews the reports that it
 * stores, and `summarize-run` those that have no review it can use. Exemptions, owners and changes are no part of it: they
 * are known only when the run is summarized.
 */
import { type RootCredentialsState, rootCredentialsIn } from '../checks/root-user';
import { type JudgedAccount, judgeAccount } from '../core/judge';
import { keyAgesOf } from '../core/key-ages';
import type { RuleSet } from '../core/rule-set';
import type { ListedCredentials } from '../core/service-credentials';
import { type CredentialReport, readReport } from '../credential-report/credential-report';
import { timesOf } from '../credential-report/credential-row';
import { ADDITIONAL_COLUMN, REPORT_COLUMNS } from '../credential-report/report-columns';
import { csvCells } from '../shared/csv-line';
import { type ReviewedCredentials, reviewedCredentials } from './reviewed-credentials';

export interface ReviewedRow {
  readonly user: string;
  readonly arn: string;
  /** The other cells, as the table of credentials has them. */
  readonly cells: string;
}

export interface ReportReview extends JudgedAccount {
  readonly rootCredentials: RootCredentialsState;
  /** Its rows: the root user, if there is a row for it, then the others in the order of the report. */
  readonly rows: readonly ReviewedRow[];
  readonly unknownColumns: readonly string[];
  readonly keyAges: readonly number[];
  /** Absent if the run does not list them. */
  readonly serviceCredentials?: ReviewedCredentials;
}

/** How a run reviews its reports. */
export interface Reviewer {
  readonly ruleSet: RuleSet;
  /** Start of the run, ms since 1970: ages are counted from it. */
  readonly startedAt: number;
  /** Identifies everything but the account that a review depends on: reviews with another basis are not used. */
  readonly basis: string;
}

/** A report, and what else was collected of its account. */
export interface CollectedReport {
  /** Account ID. */
  readonly id: string;
  readonly content: Uint8Array;
  readonly generatedAt: string;
  readonly collectedAt: string;
  /** Undefined if the run does not list them. */
  readonly serviceCredentials: ListedCredentials | undefined;
}

/** @throws {@link InvalidReport} */
export function reviewReport(
  { ruleSet, startedAt }: Omit<Reviewer, 'basis'>,
  reviewed: CollectedReport,
): ReportReview {
  const { id, content, serviceCredentials: listed } = reviewed;
  const times = timesOf(reviewed, startedAt);
  const report = readReport(content, id, times);
  const { root, users, unknownColumns } = report;
  const { checks, hidden } = judgeAccount(ruleSet, id, { report, serviceCredentials: listed, times });
  return {
    rootCredentials: rootCredentialsIn(report, ruleSet.context.partition),
    rows: [...(root ? [root] : []), ...users].map(reviewedRow),
    unknownColumns,
    keyAges: keyAgesOf(users),
    checks,
    hidden,
    ...(listed && { serviceCredentials: reviewedCredentials(listed, report, startedAt) }),
  };
}

/** Those after `user` and `arn`, with which reports begin. */
const OTHER_COLUMNS = [...REPORT_COLUMNS.slice(2), ADDITIONAL_COLUMN];

const reviewedRow = ({ user, cell }: CredentialReport['users'][number]): ReviewedRow => ({
  user,
  arn: cell('arn'),
  cells: csvCells(OTHER_COLUMNS.map(cell)),
});
