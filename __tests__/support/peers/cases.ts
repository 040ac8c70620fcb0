/** The rows that are compared: both sides of every boundary of every column, and random ones. */
import type { Row } from '../../../local/fake-aws/organization/report-row';
import { Random } from '../../../local/fake-aws/random';
import type { Ago, CaseReport, Cells } from '../../../tools/peers/compared/case-report';

const DAY = 24;
/** An hour before and after the age, and the age itself. */
const around = (days: number) => [days * DAY - 1, days * DAY, days * DAY + 1];
const AGES = [1, ...[1, 2, 10, 30, 31, 44, 45, 46, 90, 91].flatMap(around), 400 * DAY];
const FLAGS = ['true', 'false', 'TRUE', 'FALSE', '', 'N/A', 'not_supported', 'no_information', 'yes'];
const NO_DATES = ['N/A', 'no_information', 'not_supported'];

/** Dates in other forms than IAM's today, 10 days ago where they can be read. */
const DATES: readonly ((ago: Ago) => string)[] = [
  ...NO_DATES.map((text) => () => text),
  (ago) => ago(10 * DAY).replace('Z', '+00:00'),
  (ago) => ago(10 * DAY).replace('Z', '+09:00'),
  (ago) => ago(10 * DAY).replace('Z', '.123Z'),
  (ago) => ago(-3 * DAY),
  (ago) => ago(10 * DAY).slice(0, 10),
  () => '2026-09-31T00:00:00Z',
  () => 'yesterday',
  () => '',
];

const password = (used: string, changed: string, mfa = true): Row => ({
  password_enabled: 'true',
  password_last_used: used,
  password_last_changed: changed,
  mfa_active: String(mfa),
});
const key = (slot: 1 | 2, created: string, used: string, active = true): Row => ({
  [`access_key_${slot}_active`]: String(active),
  [`access_key_${slot}_last_rotated`]: created,
  [`access_key_${slot}_last_used_date`]: used,
});

/** A root user that no check of any peer fails. */
export const quietRoot: Cells = (ago) => password(ago(200 * DAY), ago(300 * DAY));
const bystander: Cells = (ago) => ({
  ...password(ago(50 * DAY), ago(300 * DAY), false),
  ...key(1, ago(100 * DAY), 'N/A'),
  ...key(2, ago(100 * DAY), ago(60 * DAY)),
});

/** Users of a report that has nothing odd, some with findings. */
export const plainUsers: readonly Cells[] = [
  bystander,
  (ago) => ({ ...password(ago(2), ago(9 * DAY)), ...key(1, ago(9 * DAY), ago(2)) }),
  (ago) => password(ago(60 * DAY), ago(99 * DAY), false),
];

const users: readonly Cells[] = [
  () => ({}),
  ...AGES.flatMap((age): Cells[] => [
    (ago) => password(ago(age), ago(400 * DAY)),
    (ago) => password('no_information', ago(age)),
    (ago) => key(1, ago(DAY * 5), ago(age)),
    (ago) => key(2, ago(age), ago(2)),
    (ago) => key(1, ago(age), 'N/A'),
    (ago) => ({ ...password(ago(2), ago(20 * DAY)), ...key(2, ago(age), 'N/A') }),
    (ago) => key(1, ago(age), ago(age), false),
  ]),
  ...FLAGS.flatMap((flag): Cells[] => [
    (ago) => ({ ...password(ago(2), ago(9 * DAY)), mfa_active: flag }),
    (ago) => ({ ...password(ago(60 * DAY), ago(99 * DAY)), password_enabled: flag, mfa_active: 'false' }),
    (ago) => ({ ...key(1, ago(99 * DAY), ago(60 * DAY)), access_key_1_active: flag }),
    (ago) => ({
      ...key(1, ago(9 * DAY), ago(2)),
      ...key(2, ago(9 * DAY), ago(2)),
      access_key_2_active: flag,
    }),
    (ago) => ({
      ...password(ago(2), ago(9 * DAY)),
      ...key(2, ago(9 * DAY), 'N/A'),
      access_key_2_active: flag,
    }),
    () => ({ cert_1_active: flag }),
  ]),
  (ago) => ({ ...password(ago(2), ago(9 * DAY)), password_enabled: 'TRUE', mfa_active: 'FALSE' }),
  (ago) => ({ ...key(1, ago(5 * DAY), ago(2)), ...key(2, ago(100 * DAY), ago(60 * DAY), false) }),
  (ago) => ({
    ...key(1, ago(5 * DAY), 'N/A'),
    ...key(2, ago(100 * DAY), 'N/A', false),
    ...password(ago(2), ago(9)),
  }),
  (ago) => ({ ...key(1, ago(1000 * DAY), ago(2)), ...password(ago(2), ago(9)) }),
  ...DATES.flatMap((date): Cells[] => [
    (ago) => password(date(ago), ago(60 * DAY)),
    (ago) => password('no_information', date(ago)),
    (ago) => key(1, ago(9 * DAY), date(ago)),
    (ago) => key(2, date(ago), ago(2)),
    (ago) => key(2, date(ago), 'N/A'),
    (ago) => ({ ...password(ago(2), ago(9 * DAY)), ...key(1, ago(60 * DAY), date(ago)) }),
    (ago) => key(1, date(ago), date(ago), false),
  ]),
];

const roots: readonly Cells[] = [
  () => ({}),
  () => ({ mfa_active: 'true' }),
  ...AGES.flatMap((age): Cells[] => [
    (ago) => password(ago(age), ago(400 * DAY)),
    (ago) => ({ ...password(ago(200 * DAY), ago(400 * DAY)), ...key(1, ago(age), ago(age)) }),
    (ago) => ({ ...password('no_information', ago(400 * DAY)), ...key(2, ago(9 * DAY), ago(age), false) }),
  ]),
  ...FLAGS.flatMap((flag): Cells[] => [
    (ago) => ({ ...password(ago(200 * DAY), ago(400 * DAY)), mfa_active: flag }),
    (ago) => ({ ...password(ago(200 * DAY), ago(400 * DAY), false), password_enabled: flag }),
    (ago) => ({
      password_last_used: ago(200 * DAY),
      ...key(1, ago(9 * DAY), ago(200 * DAY)),
      access_key_1_active: flag,
    }),
    (ago) => ({
      ...key(1, ago(9 * DAY), ago(9 * DAY)),
      mfa_active: flag,
      password_last_used: 'no_information',
    }),
  ]),
  (ago) => ({ ...key(1, ago(9 * DAY), ago(9 * DAY)), ...key(2, ago(9 * DAY), ago(9 * DAY)) }),
  ...DATES.flatMap((date): Cells[] => [
    (ago) => password(date(ago), ago(400 * DAY)),
    (ago) => ({ ...password('no_information', ago(400 * DAY)), ...key(1, ago(9 * DAY), date(ago)) }),
    (ago) => ({ ...password(ago(200 * DAY), ago(400 * DAY)), ...key(1, date(ago), ago(200 * DAY)) }),
  ]),
];

const rootsOfGovCloud: readonly Cells[] = [
  () => ({}),
  () => ({ password_enabled: 'not_supported', password_last_changed: 'not_supported' }),
  (ago) => ({ password_last_used: ago(200 * DAY), ...key(1, ago(9 * DAY), ago(200 * DAY)) }),
  (ago) => password(ago(200 * DAY), ago(400 * DAY), false),
];

/** Each in a report of its own: what one row does to others must not hide what it shows itself. */
export function boundaryReports(): CaseReport[] {
  const report = (
    index: number,
    partition: string,
    root: Cells,
    cells: readonly Cells[],
    compared: CaseReport['compared'],
  ): CaseReport => ({
    account: String(100_000_000_000 + index),
    partition,
    kind: 'boundary',
    compared,
    root,
    users: cells,
  });
  return [
    ...users.map((cells, index) => report(index, 'aws', quietRoot, [cells, bystander], 'first-user')),
    ...roots.map((cells, index) => report(10_000 + index, 'aws', cells, [], 'root')),
    ...rootsOfGovCloud.map((cells, index) =>
      report(20_000 + index, 'aws-us-gov', cells, [bystander], 'every-row'),
    ),
    {
      account: '100000030000',
      partition: 'aws-cn',
      kind: 'boundary',
      compared: 'every-row',
      users: [bystander],
    },
  ];
}

const ROWS_OF_A_REPORT = 10;

/** Reports with so many rows in all, as IAM could write them: every date can be read. */
export function randomReports(seed: number, rows: number): CaseReport[] {
  const random = new Random(seed);
  const age = () => (random.oneIn(2) ? random.oneOf(AGES as [number]) : random.between(1, 400 * DAY));
  const flag = (likely: string) => (random.oneIn(80) ? random.oneOf(FLAGS as [string]) : likely);
  const cells = (isRoot: boolean): Cells => {
    const [changed, used, hasPassword, mfa] = [age(), age(), random.oneIn(2), random.oneIn(2)];
    const neverUsed = random.oneOf(isRoot ? (NO_DATES as [string]) : ['no_information', 'N/A']);
    const wasUsed = !random.oneIn(4);
    const enabled = flag(String(hasPassword));
    const active = flag(String(mfa));
    const keys = ([1, 2] as const).map((slot) => {
      const kind = random.between(1, 4);
      const [created, last] = [age(), age()];
      const isUsed = !random.oneIn(4);
      const spelled = flag(String(kind > 2));
      return (ago: Ago): Row =>
        kind === 1
          ? {}
          : {
              ...key(slot, ago(created), isUsed ? ago(last) : 'N/A'),
              [`access_key_${slot}_active`]: spelled,
            };
    });
    return (ago) => ({
      ...(hasPassword && password(wasUsed ? ago(used) : neverUsed, ago(changed))),
      ...(!hasPassword && isRoot && { password_last_used: wasUsed ? ago(used) : neverUsed }),
      password_enabled: enabled,
      mfa_active: active,
      ...keys[0]!(ago),
      ...keys[1]!(ago),
    });
  };
  return Array.from({ length: rows / ROWS_OF_A_REPORT }, (_, index): CaseReport => ({
    account: String(200_000_000_000 + index),
    partition: 'aws',
    kind: 'random',
    compared: 'every-row',
    root: cells(true),
    users: Array.from({ length: ROWS_OF_A_REPORT - 1 }, () => cells(false)),
  }));
}
