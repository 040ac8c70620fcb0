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

export interface ReportReview extends JudgedAccount {
  readonly rootCredentials: RootCredentialsState;
  /** Names, in the order of the report. */
  readonly users: readonly string[];
  /** The cells of every row of the report, as the table of credentials has them. */
  readonly rows: readonly string[];
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
export interface ReviewedReport {
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
  reviewed: ReviewedReport,
): ReportReview {
  const { id, content, serviceCredentials: listed } = reviewed;
  const report = readReport(content, id, timesOf(reviewed, startedAt));
  const { root, users, unknownColumns } = report;
  const { checks, hidden } = judgeAccount(ruleSet, id, { report, serviceCredentials: listed, startedAt });
  return {
    rootCredentials: rootCredentialsIn(report, ruleSet.context.partition),
    users: users.map(({ user }) => user),
    rows: [...(root ? [root] : []), ...users].map(cellsOf),
    unknownColumns,
    keyAges: keyAgesOf(users),
    checks,
    hidden,
    ...(listed && { serviceCredentials: reviewedCredentials(listed, report, startedAt) }),
  };
}

const COLUMNS = [...REPORT_COLUMNS, ADDITIONAL_COLUMN];

const cellsOf = ({ cell }: CredentialReport['users'][number]) => csvCells(COLUMNS.map(cell));
