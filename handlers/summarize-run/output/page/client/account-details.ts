import type { PageAccount } from '../data/page-data';
import { type Child, count, element, factList, tag } from './elements';
import { outcomeOf } from './hints';
import type { SearchRow, Search, UserFindings } from './search';

interface Links {
  /** Leads to what the page shows without these details. */
  close: HTMLElement;
  /** The report of the account, if there is one and its address is known. */
  report: string | undefined;
}

/** What is known of an account, and each of its users with findings with all cells. */
export function accountDetails(search: Search, account: PageAccount, { close, report }: Links): Child[] {
  const key = account.outcome === 'collected' ? account.about : '';
  const users = search.usersOf(account);
  return [
    element('h3', { tabindex: '-1' }, `${account.id} ${account.name} `),
    close,
    factList([
      ['Outcome', outcomeOf(account)],
      ['Organizational unit', account.unit],
      ['Owner', account.owner],
      ['Users', count(account.users)],
      ['Findings that are not exempt', count(account.findings)],
      ['Report', report === undefined ? key : element('a', { href: report }, key)],
    ]),
    ...(users.length === 0
      ? []
      : [
          element(
            'p',
            { class: 'soft' },
            'Users with findings, the account itself included. The others are in credentials.csv.',
          ),
        ]),
    ...users.map((found) => userDetails(found, search.data.cells)),
  ];
}

function userDetails({ user: { name, arn, cells }, rows }: UserFindings, columns: readonly string[]): Child {
  return element(
    'details',
    { open: '' },
    element('summary', {}, name === '' ? 'the account' : name),
    element('ul', {}, ...rows.map(findingItem)),
    factList([['arn', arn], ...columns.map((column, index) => [column, cells[index] ?? ''] as const)]),
  );
}

function findingItem({ check, severity, status, finding }: SearchRow): Child {
  const statuses = [status, ...(finding.isUnknown ? ['unknown'] : [])].join(', ');
  const why = finding.acceptance === '' ? '' : `, ${finding.acceptance}`;
  return element(
    'li',
    {},
    tag(severity),
    ` ${check.id}: ${finding.reason} (${statuses}${why})`,
    element('br'),
    element('span', { class: 'soft' }, `Rule: ${check.title}. What to do: ${check.remedy}`),
  );
}
