import { ORGANIZATION, type PageAccount } from '../data/page-data';
import { accountDetails } from './account-details';
import { accountLines, findingLines } from './csv-lines';
import { type Child, count, element, tag } from './elements';
import { FilterForm } from './filter-form';
import { hintsFor, limitsOf, outcomeOf } from './hints';
import type { SearchRow, Search } from './search';
import { reportLink } from './report-link';
import { type Column, sortedTable } from './sorted-table';
import { type State, hashOf, stateOf } from './state';

/** Rows that are shown at once, and that each click on "Show more" adds. */
const ROWS = 100;
const MORE_ROWS = 500;
/** Rows that the style prints. */
const PRINTED_ROWS = 60;

/** Search, order, details and export of what the run found. Its state is in the address. */
export class Explorer {
  private state = stateOf(location.hash);
  private shown = ROWS;
  private readonly form: FilterForm;
  private readonly result = element('p', { class: 'soft', role: 'status' });
  private readonly hints = element('ul', { class: 'soft' });
  private readonly limits = element('p', { class: 'printed' });
  private readonly printed = element('p', { class: 'printed soft' });
  private readonly table = element('table', { class: 'wide rows' });
  private readonly more = element('button', { type: 'button' }, 'Show more');
  private readonly details = element('div', { class: 'details' });
  private readonly close = element('a', {}, 'Close');
  /** ID of the account whose details there are. */
  private detailed = '';

  /** @param manifest - where the link of the page to its manifest leads */
  constructor(
    root: HTMLElement,
    private readonly search: Search,
    private readonly manifest: string,
  ) {
    this.form = new FilterForm(search.choices, (fields) => {
      const isOther = fields.show !== this.state.show;
      this.change({ ...fields, ...(isOther && { sort: '' }) }, 'replaceState');
    });
    const save = element('button', { type: 'button' }, 'Save as CSV');
    const actions = element('p', { class: 'actions' }, this.more, save);
    root.append(
      ...[
        this.form.root,
        this.result,
        this.limits,
        this.hints,
        this.details,
        this.table,
        this.printed,
        actions,
      ],
    );
    save.addEventListener('click', () => {
      this.save();
    });
    this.more.addEventListener('click', () => {
      this.shown += MORE_ROWS;
      this.render();
    });
    addEventListener('hashchange', () => {
      this.state = stateOf(location.hash);
      this.render();
      this.showWhatIsAsked();
    });
    this.render();
  }

  /** Brings what the address asks for into view, also for those who hear the page. */
  showWhatIsAsked(): void {
    if (hashOf(this.state) === '') return;
    if (this.state.account === '') {
      this.form.root.scrollIntoView();
      return;
    }
    this.details.scrollIntoView();
    this.details.querySelector('h3')?.focus();
  }

  /** @param remember - `replaceState` for a change that is one of many, of which the browser need not remember each */
  private change(changes: Partial<State>, remember: 'pushState' | 'replaceState'): void {
    this.state = { ...this.state, ...changes };
    this.shown = ROWS;
    history[remember](null, '', location.pathname + location.search + hashOf(this.state));
    this.render();
  }

  private render(): void {
    this.form.fill(this.state);
    this.renderDetails();
    this.limits.textContent = limitsOf(this.state);
    if (this.state.show === 'accounts') this.renderAccounts();
    else this.renderFindings();
  }

  private renderFindings(): void {
    const { findings, total } = this.search.data;
    const found = this.search.findings(this.state);
    const sample =
      total > findings.length
        ? `; this page has those of the users with the worst findings, of ${count(total)} in all: findings.csv has every one`
        : '';
    this.result.textContent = `${count(found.length)} of ${count(findings.length)} findings${sample}.`;
    const hints = found.length === 0 ? hintsFor(this.search, this.state) : [];
    this.hints.replaceChildren(...hints.map((hint) => element('li', {}, hint)));
    this.renderTable<SearchRow>(found, 'findings.csv has every finding', [
      { label: 'Severity', sort: 'severity', cell: ({ severity }) => tag(severity) },
      { label: 'Account', sort: 'account', cell: ({ account }) => this.accountOfFinding(account) },
      { label: 'User', sort: 'user', cell: ({ user }) => user },
      { label: 'Check', sort: 'check', cell: ({ check }) => check.id },
      { label: 'Finding', cell: findingCell },
      { label: 'Status', sort: 'status', cell: statusCell },
    ]);
  }

  private renderAccounts(): void {
    const found = this.search.accounts(this.state);
    const all = this.search.data.accounts.filter(({ outcome }) => outcome !== ORGANIZATION);
    this.result.textContent = `${count(found.length)} of ${count(all.length)} accounts.`;
    this.hints.replaceChildren();
    this.renderTable<PageAccount>(found, 'the manifest has every account', [
      { label: 'Account', sort: 'account', cell: (account) => this.accountCell(account) },
      { label: 'Organizational unit', sort: 'unit', cell: ({ unit }) => unit },
      { label: 'Owner', sort: 'owner', cell: ({ owner }) => owner },
      { label: 'Outcome', sort: 'outcome', cell: outcomeOf },
      { label: 'Users', sort: 'users', cell: ({ users }) => count(users) },
      { label: 'Findings', sort: 'findings', cell: ({ findings }) => count(findings) },
    ]);
  }

  /** @param where - where all of them are */
  private renderTable<Item>(items: readonly Item[], where: string, columns: readonly Column<Item>[]): void {
    const { sort } = this.state;
    const onSort = (chosen: string) => {
      this.change({ sort: chosen }, 'pushState');
      // The button that was pressed is gone.
      this.table.querySelector<HTMLElement>(`.sort[name=${chosen.replace('-', '')}]`)?.focus();
    };
    this.table.replaceChildren(...sortedTable(columns, items.slice(0, this.shown), { sort, onSort }));
    this.more.hidden = items.length <= this.shown;
    this.printed.textContent =
      items.length > PRINTED_ROWS ? `${PRINTED_ROWS} of ${count(items.length)} are printed; ${where}.` : '';
  }

  private accountCell(account: PageAccount): Child {
    if (account.outcome === ORGANIZATION) return `the organization ${account.id}`;
    const href = hashOf({ ...this.state, account: account.id });
    return element('span', {}, element('a', { href, class: 'id' }, account.id), ` ${account.name}`);
  }

  /** An account without a report of this run has the findings of an earlier run of the day, which are not counted. */
  private accountOfFinding(account: PageAccount): Child {
    const cell = this.accountCell(account);
    if (account.outcome !== 'failed') return cell;
    const note = element('span', { class: 'soft' }, 'failed; its report of an earlier run of the day');
    return element('span', {}, cell, element('br'), note);
  }

  private renderDetails(): void {
    const { account: id } = this.state;
    this.close.href = hashOf({ ...this.state, account: '' }) || '#';
    // What somebody closed in them stays closed.
    if (id === this.detailed) return;
    this.detailed = id;
    const account = this.search.account(id);
    if (id === '') this.details.replaceChildren();
    else if (account) {
      const report =
        account.outcome === 'collected'
          ? reportLink(account.about, location, this.manifest, this.search.data.console)
          : undefined;
      this.details.replaceChildren(...accountDetails(this.search, account, { close: this.close, report }));
    } else
      this.details.replaceChildren(element('p', { role: 'alert' }, `There is no account ${id} in this run.`));
  }

  private save(): void {
    const { show } = this.state;
    const lines =
      show === 'accounts'
        ? accountLines(this.search.accounts(this.state))
        : findingLines(this.search.findings(this.state), this.search.data.users);
    const href = URL.createObjectURL(new Blob(lines, { type: 'text/csv' }));
    element('a', { href, download: `${this.search.data.name} ${show}.csv` }).click();
    URL.revokeObjectURL(href);
  }
}

function findingCell({ finding: { reason, acceptance } }: SearchRow): Child {
  const why = acceptance === '' ? [] : [element('br'), element('span', { class: 'soft' }, acceptance)];
  return element('span', {}, reason, ...why);
}

const statusCell = ({ finding, status }: SearchRow): Child =>
  element('span', {}, tag(status), ...(finding.isUnknown ? [' ', tag('soft', 'unknown')] : []));
