/** Reports that are made for a comparison, with dates that are as old as a case says, whenever it is run. */
import { stringify } from 'csv-stringify/sync';
import { COLUMNS, type Row } from '../../../local/fake-aws/organization/report-row';

const HOUR = 3_600_000;

/** The date that many hours ago, as IAM writes it. */
export type Ago = (hours: number) => string;

export const agoFrom =
  (now: number): Ago =>
  (hours) =>
    `${new Date(now - hours * HOUR).toISOString().slice(0, 'YYYY-MM-DDThh:mm:ss'.length)}Z`;

/** Cells that differ from those of a user without credentials. */
export type Cells = (ago: Ago) => Row;

export interface CaseReport {
  readonly account: string;
  readonly partition: string;
  readonly kind: 'boundary' | 'random';
  /** The rows that are compared. Of the others it only counts if a check ended because of these. */
  readonly compared: 'root' | 'first-user' | 'every-row';
  /** Absent if the report has no row for the root user. */
  readonly root?: Cells;
  readonly users: readonly Cells[];
}

export const NO_CREDENTIALS: Row = {
  password_enabled: 'false',
  mfa_active: 'false',
  access_key_1_active: 'false',
  access_key_2_active: 'false',
  cert_1_active: 'false',
  cert_2_active: 'false',
};

/** The rows of a report, the root user first. */
export function rowsOf({ account, partition, root, users }: CaseReport, now: number): Row[] {
  const ago = agoFrom(now);
  const arn = (name: string) => `arn:${partition}:iam::${account}:${name}`;
  const row = (user: string, id: string, cells: Cells): Row => ({
    ...Object.fromEntries(COLUMNS.map((column) => [column, 'N/A'])),
    ...NO_CREDENTIALS,
    user,
    arn: id,
    user_creation_time: ago(1000 * 24),
    ...cells(ago),
  });
  return [
    ...(root
      ? [{ ...row('<root_account>', arn('root'), root), password_next_rotation: 'not_supported' }]
      : []),
    ...users.map((cells, index) => row(`user-${index + 1}`, arn(`user/user-${index + 1}`), cells)),
  ];
}

/** As IAM writes it: line feeds, and none after the last line. */
export const textOf = (rows: readonly Row[], columns: readonly string[] = COLUMNS): string =>
  stringify([...rows], { header: true, columns: [...columns], eof: false });
