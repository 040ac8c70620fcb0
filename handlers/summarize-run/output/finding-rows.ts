import type { AccountChanges } from '../../core/changes';
import type { Finding } from '../../core/evaluate';
import type { RuleSet } from '../../core/rule-set';
import { type Cell, csvCells, csvLine } from '../../shared/csv-line';
import { tableColumns } from '../../shared/table-columns';

/** What the rows of an account have in common. */
export interface CommonCells {
  /** Those before the user. */
  before: readonly Cell[];
  /** Those from `ages_counted_from` on. */
  after: readonly Cell[];
}

type Column = (typeof tableColumns.findings)[number];
/** Empty cells of the columns from one up to another, which is not included. */
const emptyCells = (from: Column, to: Column) => {
  const { findings } = tableColumns;
  return csvCells(findings.slice(findings.indexOf(from), findings.indexOf(to)).map(() => null));
};
const NO_CREDENTIAL = emptyCells('credential', 'exemption_reason');
const NO_EXEMPTION = emptyCells('exemption_reason', 'ages_counted_from');

/** The rows of findings. Cells that many rows share are encoded once. */
export class FindingRows {
  /** The cells of a check, by its ID. */
  private readonly checks: ReadonlyMap<string, string>;

  constructor({ checks }: Pick<RuleSet, 'checks'>) {
    this.checks = new Map(
      checks.map(({ check: { id }, severity, controls }) => [
        id,
        csvCells([id, severity, controls.join('; ')]),
      ]),
    );
  }

  of(
    findings: readonly Finding[],
    changes: AccountChanges | undefined,
    { before, after }: CommonCells,
  ): string {
    if (findings.length === 0) return '';
    const [start, end] = [csvCells(before), csvLine(after)];
    const isNew = newOnes(changes);
    const userCells = encodedUsers();
    let lines = '';
    for (const finding of findings) {
      const { check, severity, result, exemption } = finding;
      const checkCells = this.checks.get(check.id) ?? csvCells([check.id, severity, null]);
      const status = exemption ? 'exempt' : result;
      const fresh = isNew === undefined ? '' : String(isNew(finding));
      lines += `${start},${userCells(finding)},${checkCells},${status},${fresh},${csvCells([finding.reason])},${credentialOf(finding)},${exemptionOf(finding)},${end}`;
    }
    return lines;
  }
}

/** Encodes a user once. Users without an ARN, or with one that is not theirs alone, are encoded each time. */
function encodedUsers(): (finding: Pick<Finding, 'user' | 'arn'>) => string {
  const known = new Map<string, { user: string; cells: string }>();
  return ({ user, arn }) => {
    const before = known.get(arn);
    if (before?.user === user) return before.cells;
    const cells = csvCells([user, arn]);
    known.set(arn, { user, cells });
    return cells;
  };
}

function credentialOf({ credential }: Finding): string {
  if (!credential) return NO_CREDENTIAL;
  const { kind, id, ageDays, createdAt, lastUsedAt, lastUsedRegion, lastUsedService } = credential;
  return csvCells([kind, id, ageDays, createdAt, lastUsedAt, lastUsedRegion, lastUsedService]);
}

const exemptionOf = ({ exemption }: Finding): string =>
  exemption
    ? csvCells([exemption.reason, exemption.expires, exemption.approvedBy ?? null, exemption.ticket ?? null])
    : NO_EXEMPTION;

/** Tells whether a finding is new; undefined if there is no earlier day to compare with. */
function newOnes(changes: AccountChanges | undefined): ((finding: Finding) => boolean) | undefined {
  if (!changes) return undefined;
  if (changes.newFindings.length === 0) return () => false;
  const known = new Set(changes.newFindings.map(({ user, key }) => `${user} ${key}`));
  return ({ user, key }) => known.has(`${user} ${key}`);
}
