import { accountChanges } from '../../../../handlers/export-results/events/account-changes';
import { csvLine } from '../../../../handlers/shared/csv-line';
import { tableColumns } from '../../../../handlers/shared/table-columns';

type Row = Partial<Record<(typeof tableColumns.changes)[number], string>>;

const table = (...rows: Row[]) =>
  [
    csvLine(tableColumns.changes),
    ...rows.map((row) => csvLine(tableColumns.changes.map((column) => row[column] ?? ''))),
  ].join('');
const severityOf = (check: string) =>
  (({ 'root-mfa': 'critical', 'console-mfa': 'high', 'key-at-setup': 'low' }) as const)[check];

const row = (change: string, check: string, user = 'ada', more: Row = {}): Row => ({
  ...{ change, account_id: '111111111111', account_name: 'one', user, check, credential: '' },
  ...more,
});
const changes = (...rows: Row[]) => accountChanges(table(...rows), severityOf);

describe('the changes of accounts', () => {
  it('are new and resolved findings, new ones first and the worst of each first', () => {
    const [account, ...others] = changes(
      row('finding-resolved', 'root-mfa'),
      row('finding-new', 'key-at-setup'),
      row('finding-resolved', 'key-at-setup'),
      row('finding-new', 'console-mfa'),
    );
    expect(others).toEqual([]);
    expect(account?.findings.map(({ change, severity }) => [change, severity])).toEqual([
      ['new', 'high'],
      ['new', 'low'],
      ['resolved', 'critical'],
      ['resolved', 'low'],
    ]);
  });

  it('leave out what a rule, an exemption, or the end of an account did, and users', () => {
    const others = [
      'finding-appeared-by-rule',
      'finding-disappeared-by-rule',
      'finding-exempted',
      'exempt-finding-resolved',
      'finding-of-removed-account',
      'user-added',
      'account-removed',
    ];
    expect(changes(...others.map((change) => row(change, 'root-mfa')))).toEqual([]);
  });

  it('name the owner, or none', () => {
    const found = changes(
      row('finding-new', 'root-mfa', 'ada', { owner: 'Team A' }),
      row('finding-new', 'root-mfa', 'eve', { account_id: '222222222222', account_name: 'two' }),
    );
    expect(found.map(({ id, name, owner }) => [id, name, owner])).toEqual([
      ['111111111111', 'one', 'Team A'],
      ['222222222222', 'two', null],
    ]);
  });

  it('have names as they are, without the apostrophe that protects a spreadsheet', () => {
    const [account] = changes(
      row('finding-new', 'root-mfa', '=ada', { account_name: '@"one", two', owner: '+A' }),
    );
    expect(account).toMatchObject({ name: '@"one", two', owner: '+A', findings: [{ user: '=ada' }] });
  });

  it('are refused if the table names a check that the run does not have', () => {
    expect(() => changes(row('finding-new', 'other'))).toThrow('changes.csv names other, which is no check');
  });
});
