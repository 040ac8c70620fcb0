import type { AccountChanges } from '../../core/changes';
import type { Finding } from '../../core/evaluate';
import type { RuleSet } from '../../core/rule-set';
import { tableColumns } from '../../shared/table-columns';
import type { Cell } from '../../shared/csv-line';
import { type TableFragment, fragmentsOf } from './table-fragment';

type Column = (typeof tableColumns.findings)[number];

/** The columns of findings from one up to another, which is not included, or to the last one. */
const columns = (from: Column, to?: Column): readonly Column[] => {
  const { findings } = tableColumns;
  return findings.slice(findings.indexOf(from), to && findings.indexOf(to));
};
const ofAccount = fragmentsOf(columns('account_id', 'user'));
const ofUser = fragmentsOf(columns('user', 'check'));
const ofCheck = fragmentsOf(columns('check', 'status'));
const ofStatus = fragmentsOf(columns('status', 'reason'));
const ofReason = fragmentsOf(columns('reason', 'credential'));
const ofCredential = fragmentsOf(columns('credential', 'exemption_reason'));
const ofExemption = fragmentsOf(columns('exemption_reason', 'ages_counted_from'));
const ofRun = fragmentsOf(columns('ages_counted_from'));

const NO_CREDENTIAL = ofCredential(columns('credential', 'exemption_reason').map(() => null));
const NO_EXEMPTION = ofExemption(columns('exemption_reason', 'ages_counted_from').map(() => null));

/** What the rows of an account have in common. */
export interface CommonCells {
  /** Those before the user. */
  before: readonly Cell[];
  /** Those from `ages_counted_from` on. */
  after: readonly Cell[];
}

/** The rows of findings, as CSV and as JSON Lines. */
export class FindingRows {
  /** By the ID of the check. */
  private readonly checks: ReadonlyMap<string, TableFragment>;
  private readonly statuses = new Map<string, TableFragment>();

  constructor({ checks }: Pick<RuleSet, 'checks'>) {
    this.checks = new Map(
      checks.map(({ check: { id }, severity, controls }) => [
        id,
        ofCheck([id, severity, orNothing(controls.join('; '))]),
      ]),
    );
  }

  of(
    findings: readonly Finding[],
    changes: AccountChanges | undefined,
    { before, after }: CommonCells,
  ): TableFragment {
    const lines = { csv: '', json: '' };
    if (findings.length === 0) return lines;
    const [start, end] = [ofAccount(before), ofRun(after)];
    const isNew = newOnes(changes);
    const fragmentOf = userFragments();
    for (const finding of findings) {
      const user = fragmentOf(finding);
      const check = this.checks.get(finding.check.id) ?? ofCheck([finding.check.id, finding.severity, null]);
      const status = this.status(finding.exemption ? 'exempt' : finding.result, isNew?.(finding) ?? null);
      const reason = ofReason([finding.reason]);
      const credential = credentialOf(finding);
      const exemption = exemptionOf(finding);
      lines.csv += `${start.csv},${user.csv},${check.csv},${status.csv},${reason.csv},${credential.csv},${exemption.csv},${end.csv}\n`;
      lines.json += `{${start.json},${user.json},${check.json},${status.json},${reason.json},${credential.json},${exemption.json},${end.json}}\n`;
    }
    return lines;
  }

  private status(status: string, isNew: boolean | null): TableFragment {
    const name = `${status} ${String(isNew)}`;
    const known = this.statuses.get(name) ?? ofStatus([status, isNew]);
    this.statuses.set(name, known);
    return known;
  }
}

/** Makes the fragment of a user once. Users without an ARN, or with one that is not theirs alone, get their own. */
function userFragments(): (finding: Pick<Finding, 'user' | 'arn'>) => TableFragment {
  const known = new Map<string, { user: string; fragment: TableFragment }>();
  return ({ user, arn }) => {
    const before = known.get(arn);
    if (before?.user === user) return before.fragment;
    const fragment = ofUser([user, arn]);
    known.set(arn, { user, fragment });
    return fragment;
  };
}

function credentialOf({ credential }: Finding): TableFragment {
  if (!credential) return NO_CREDENTIAL;
  const { kind, id, ageDays, createdAt, lastUsedAt, lastUsedRegion, lastUsedService } = credential;
  const texts = [createdAt, lastUsedAt, lastUsedRegion, lastUsedService].map(orNothing);
  return ofCredential([kind, orNothing(id), ageDays, ...texts]);
}

const exemptionOf = ({ exemption }: Finding): TableFragment =>
  exemption
    ? ofExemption([
        exemption.reason,
        exemption.expires,
        exemption.approvedBy ?? null,
        exemption.ticket ?? null,
      ])
    : NO_EXEMPTION;

const orNothing = (text: string) => (text === '' ? null : text);

/** Tells whether a finding is new; undefined if there is no earlier day to compare with. */
function newOnes(changes: AccountChanges | undefined): ((finding: Finding) => boolean) | undefined {
  if (!changes) return undefined;
  if (changes.newFindings.length === 0) return () => false;
  const known = new Set(changes.newFindings.map(({ user, key }) => `${user} ${key}`));
  return ({ user, key }) => known.has(`${user} ${key}`);
}
