/** The script of the page: search, order, details and export of what the run found. Without it, the page shows a part of that. */
import { type Cell, csvLine } from '../../../../shared/csv-line';
import { ORGANIZATION, type PageAccount, type PageData, unpack } from '../data/page-data';
import { type FindingRow, Search } from './search';
import { type State, hashOf, stateOf } from './state';

/** Rows that are shown at once. */
const ROWS = 100;
const FILTERS = ['severity', 'check', 'framework', 'status', 'unit', 'owner'] as const;
/** Those that accounts have too. */
const ACCOUNT_FILTERS: readonly string[] = ['unit', 'owner'];

type Child = Node | string;

/** Texts become text nodes: nothing of what they contain is read as HTML. */
function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Record<string, string> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}

async function unpacked(base64: string): Promise<string> {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).text();
}

const count = (value: number) => value.toLocaleString('en');

class Explorer {
  private state = stateOf(location.hash);
  private shown = ROWS;
  private readonly form: HTMLFormElement;
  private readonly result = element('p', { class: 'soft', role: 'status' });
  private readonly table = element('table', { class: 'wide rows' });
  private readonly more = element('button', { type: 'button' }, 'Show more');
  private readonly details = element('div', { class: 'details' });

  constructor(
    root: HTMLElement,
    private readonly search: Search,
    /** What leads from the page to the top of the bucket. */
    private readonly top: string,
  ) {
    this.form = this.filterForm();
    const actions = element('p', { class: 'actions' }, this.more, this.exportButton());
    root.append(this.form, this.result, this.details, this.table, actions);
    this.more.addEventListener('click', () => {
      this.shown += ROWS * 5;
      this.render();
    });
    addEventListener('hashchange', () => {
      this.state = stateOf(location.hash);
      this.fill();
      this.render();
      this.showWhatIsAsked();
    });
    this.fill();
    this.render();
  }

  /** Brings what the address asks for into view, also for those who hear the page. */
  showWhatIsAsked(): void {
    if (hashOf(this.state) === '') return;
    if (this.state.account === '') {
      this.form.scrollIntoView();
      return;
    }
    this.details.scrollIntoView();
    this.details.querySelector('h3')?.focus();
  }

  private filterForm(): HTMLFormElement {
    const { choices } = this.search;
    const options = (values: readonly string[]) => [
      element('option', { value: '' }, 'all'),
      ...values.map((value) => element('option', { value }, value)),
    ];
    const select = (name: (typeof FILTERS)[number], label: string) =>
      choices[name].length === 0
        ? []
        : [element('label', {}, label, element('select', { name }, ...options(choices[name])))];
    const form = element(
      'form',
      { class: 'filter', role: 'search', 'aria-label': 'Findings and accounts' },
      element(
        'label',
        {},
        'Show',
        element(
          'select',
          { name: 'show' },
          element('option', { value: 'findings' }, 'findings'),
          element('option', { value: 'accounts' }, 'accounts'),
        ),
      ),
      element(
        'label',
        {},
        'Account, owner, user or reason',
        element('input', { type: 'search', name: 'text', autocomplete: 'off' }),
      ),
      ...select('severity', 'Severity'),
      ...select('check', 'Check'),
      ...select('framework', 'Framework'),
      ...select('status', 'Status'),
      ...select('unit', 'Organizational unit'),
      ...select('owner', 'Owner'),
    );
    form.addEventListener('input', () => {
      const data = new FormData(form);
      const chosen = Object.fromEntries(
        [...data].map(([name, value]) => [name, typeof value === 'string' ? value : '']),
      );
      const show = chosen.show === 'accounts' ? 'accounts' : 'findings';
      const isOther = show !== this.state.show;
      this.change({ ...chosen, show, ...(isOther && { sort: '' }) }, true);
    });
    form.addEventListener('submit', (event) => {
      event.preventDefault();
    });
    return form;
  }

  /** @param isTyped - whether the change is one of many, of which the browser need not remember each */
  private change(changes: Partial<State>, isTyped = false): void {
    this.state = { ...this.state, ...changes };
    this.shown = ROWS;
    const address = location.pathname + location.search + hashOf(this.state);
    if (isTyped) history.replaceState(null, '', address);
    else history.pushState(null, '', address);
    this.fill();
    this.render();
  }

  /** Shows in the form what the state says. */
  private fill(): void {
    for (const field of this.form.elements)
      if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) {
        const value = this.state[field.name as keyof State];
        if (field.value !== value) field.value = value;
        const isOfFindings =
          FILTERS.some((name) => name === field.name) && !ACCOUNT_FILTERS.includes(field.name);
        field.disabled = isOfFindings && this.state.show === 'accounts';
      }
  }

  private render(): void {
    this.renderDetails();
    if (this.state.show === 'accounts') this.renderAccounts();
    else this.renderFindings();
  }

  private renderFindings(): void {
    const { findings, total } = this.search.data;
    const found = this.search.findings(this.state);
    const parts = [`${count(found.length)} of ${count(findings.length)} findings`];
    if (total > findings.length)
      parts.push(
        `this page has those of the users with the worst findings, of ${count(total)} in all: findings.csv has every one`,
      );
    this.result.textContent = `${parts.join('; ')}.`;
    this.fillTable(
      [
        ['severity', 'Severity'],
        ['account', 'Account'],
        ['user', 'User'],
        ['check', 'Check'],
        ['', 'Finding'],
        ['status', 'Status'],
      ],
      found,
      (row) => this.findingCells(row),
    );
  }

  private findingCells({ finding, severity, account, user, check, status }: FindingRow): Child[] {
    const why =
      finding.acceptance === ''
        ? []
        : [element('br'), element('span', { class: 'soft' }, finding.acceptance)];
    const unknown = finding.isUnknown ? [' ', element('span', { class: 'tag soft' }, 'unknown')] : [];
    return [
      element('span', { class: `tag ${severity}` }, severity),
      this.accountCell(account),
      user,
      check,
      element('span', {}, finding.reason, ...why),
      element('span', {}, element('span', { class: `tag ${status}` }, status), ...unknown),
    ];
  }

  private renderAccounts(): void {
    const found = this.search.accounts(this.state);
    const all = this.search.data.accounts.filter(({ outcome }) => outcome !== ORGANIZATION);
    this.result.textContent = `${count(found.length)} of ${count(all.length)} accounts.`;
    this.fillTable(
      [
        ['account', 'Account'],
        ['unit', 'Organizational unit'],
        ['owner', 'Owner'],
        ['outcome', 'Outcome'],
        ['users', 'Users'],
        ['findings', 'Findings'],
      ],
      found,
      (account) => [
        this.accountCell(account),
        account.unit,
        account.owner,
        outcomeOf(account),
        count(account.users),
        count(account.findings),
      ],
    );
  }

  private fillTable<Item>(
    columns: readonly (readonly [sort: string, label: string])[],
    items: readonly Item[],
    cellsOf: (item: Item) => Child[],
  ): void {
    const head = columns.map(([sort, label]) => this.headCell(sort, label));
    const rows = items.slice(0, this.shown).map((item) => {
      const cells = cellsOf(item).map((cell, index) =>
        element('td', { 'data-label': columns[index]?.[1] ?? '' }, cell),
      );
      return element('tr', {}, ...cells);
    });
    this.table.replaceChildren(
      element('thead', {}, element('tr', {}, ...head)),
      element('tbody', {}, ...rows),
    );
    this.more.hidden = items.length <= this.shown;
  }

  private headCell(sort: string, label: string): HTMLElement {
    if (sort === '') return element('th', { scope: 'col' }, label);
    const { state } = this;
    const order = state.sort === sort ? 'ascending' : state.sort === `-${sort}` ? 'descending' : 'none';
    const button = element('button', { type: 'button', class: 'sort' }, label);
    button.addEventListener('click', () => {
      this.change({ sort: order === 'ascending' ? `-${sort}` : sort });
      this.table.querySelectorAll<HTMLElement>('.sort').forEach((other) => {
        if (other.textContent === label) other.focus();
      });
    });
    return element('th', { scope: 'col', 'aria-sort': order }, button);
  }

  private accountCell(account: PageAccount): HTMLElement {
    if (account.outcome === ORGANIZATION) return element('span', {}, 'the organization ', account.id);
    const href = hashOf({ ...this.state, account: account.id });
    return element('span', {}, element('a', { href, class: 'id' }, account.id), ` ${account.name}`);
  }

  private renderDetails(): void {
    const { account: id } = this.state;
    const account = id === '' ? undefined : this.search.account(id);
    if (!account) {
      const unknown = `There is no account ${id} in this run.`;
      this.details.replaceChildren(...(id === '' ? [] : [element('p', { role: 'alert' }, unknown)]));
      return;
    }
    const close = element('a', { href: hashOf({ ...this.state, account: '' }) || '#' }, 'Close');
    const facts: [string, Child][] = [
      ['Outcome', outcomeOf(account)],
      ['Organizational unit', account.unit],
      ['Owner', account.owner],
      ['Users', count(account.users)],
      ['Findings that are not exempt', count(account.findings)],
    ];
    if (account.outcome === 'collected') {
      const file = element('a', { href: `${this.top}${account.about}` }, account.about);
      facts.push(['Report', file]);
    }
    const list = facts
      .filter(([, value]) => value !== '')
      .map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, value)));
    this.details.replaceChildren(
      element('h3', { tabindex: '-1' }, `${account.id} ${account.name} `),
      close,
      element('dl', { class: 'facts' }, ...list),
      ...this.search.usersOf(account).map(({ user, rows }) => this.userDetails(user, rows)),
    );
  }

  private userDetails(
    { name, arn, cells }: PageData['users'][number],
    rows: readonly FindingRow[],
  ): HTMLElement {
    const { cells: names } = this.search.data;
    const facts = [['arn', arn], ...names.map((column, index) => [column, cells[index] ?? ''])];
    const list = facts
      .filter(([, value]) => value !== '')
      .map(([column = '', value = '']) =>
        element('div', {}, element('dt', {}, column), element('dd', {}, value)),
      );
    const findings = rows.map(({ check, severity, status, finding }) => {
      const statuses = [status, ...(finding.isUnknown ? ['unknown'] : [])].join(', ');
      const tag = element('span', { class: `tag ${severity}` }, severity);
      const why = finding.acceptance === '' ? '' : `, ${finding.acceptance}`;
      return element('li', {}, tag, ` ${check}: ${finding.reason} (${statuses}${why})`);
    });
    return element(
      'details',
      { open: '' },
      element('summary', {}, name === '' ? 'the account' : name),
      element('ul', {}, ...findings),
      element('dl', { class: 'facts' }, ...list),
    );
  }

  private exportButton(): HTMLElement {
    const button = element('button', { type: 'button' }, 'Save as CSV');
    button.addEventListener('click', () => {
      const { show } = this.state;
      const rows = show === 'accounts' ? this.accountLines() : this.findingLines();
      const href = URL.createObjectURL(new Blob(rows.map(csvLine), { type: 'text/csv' }));
      element('a', { href, download: `${show}-shown.csv` }).click();
      URL.revokeObjectURL(href);
    });
    return button;
  }

  private findingLines(): Cell[][] {
    const head = [
      'account_id',
      'account_name',
      'owner',
      'user',
      'check',
      'severity',
      'status',
      'unknown',
      'reason',
    ];
    const lines = this.search
      .findings(this.state)
      .map(({ account, user, check, severity, status, finding }) => {
        const { isUnknown, reason } = finding;
        return [
          account.id,
          account.name,
          account.owner,
          user,
          check,
          severity,
          status,
          String(isUnknown),
          reason,
        ];
      });
    return [head, ...lines];
  }

  private accountLines(): Cell[][] {
    const head = ['account_id', 'account_name', 'ou', 'owner', 'outcome', 'users', 'findings'];
    const lines = this.search
      .accounts(this.state)
      .map(({ id, name, unit, owner, outcome, users, findings }) => [
        id,
        name,
        unit,
        owner,
        outcome,
        users,
        findings,
      ]);
    return [head, ...lines];
  }
}

const outcomeOf = ({ outcome, about }: PageAccount) =>
  outcome === 'collected' ? outcome : `${outcome}: ${about}`;

async function start(): Promise<void> {
  const root = document.getElementById('explorer');
  const data = document.getElementById('data');
  const manifest = document.querySelector<HTMLAnchorElement>('a.manifest');
  if (!root || !data?.textContent || typeof DecompressionStream === 'undefined') return;
  const search = new Search(unpack(await unpacked(data.textContent)));
  const href = manifest?.getAttribute('href') ?? '';
  const explorer = new Explorer(root, search, href.slice(0, Math.max(0, href.lastIndexOf('manifests/'))));
  root.hidden = false;
  explorer.showWhatIsAsked();
  for (const part of document.querySelectorAll<HTMLElement>('.part')) part.hidden = true;
}

void start();
