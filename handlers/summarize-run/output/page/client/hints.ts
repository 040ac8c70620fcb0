/** Sentences about what is shown: nothing must read as "all is well" that is not. */
import type { PageAccount } from '../data/page-data';
import { pluralize } from '../../../../shared/pluralize';
import type { Search } from './search';
import { START, type State } from './state';

/** Fields of the form by their part of the state, with the words of a sentence. */
const FIELDS = {
  text: 'the words',
  severity: 'severity',
  check: 'check',
  framework: 'framework',
  status: 'status',
  unit: 'organizational unit',
  owner: 'owner',
} as const satisfies Partial<Record<keyof State, string>>;

/** Accounts that are named where no finding matches. */
const NAMED = 5;

export const outcomeOf = ({ outcome, about }: PageAccount) =>
  outcome === 'collected' ? outcome : `${outcome}: ${about}`;

/** What the list is limited to, as paper does not show the form; empty if it is not. */
export function limitsOf(state: State): string {
  const limits = Object.entries(FIELDS).flatMap(([name, label]) => {
    const value = state[name as keyof typeof FIELDS];
    return value === START[name as keyof typeof FIELDS] ? [] : `${label} “${value}”`;
  });
  return limits.length === 0 ? '' : `Only those with ${limits.join(', ')}.`;
}

/** Why no finding is shown. */
export function hintsFor(search: Search, state: State): string[] {
  const { choices } = search;
  const foreign = Object.entries(choices).flatMap(([name, values]) => {
    const value = state[name as keyof typeof choices];
    return value === '' || values.includes(value)
      ? []
      : `This run has no ${FIELDS[name as keyof typeof choices]} “${value}”.`;
  });
  if (state.text === '') return foreign;
  const accounts = search.accounts({ ...START, text: state.text, show: 'accounts' });
  if (accounts.length === 0) return [...foreign, 'No account of this run matches the words.'];
  const more = accounts.length - NAMED;
  const isPart = search.data.total > search.data.findings.length;
  return [
    ...foreign,
    ...accounts.slice(0, NAMED).map((account) => accountHint(account, isPart)),
    ...(more > 0 ? [`${pluralize(more, 'more account matches', 'more accounts match')} the words.`] : []),
  ];
}

/** @param isPart - whether the page has a part of the findings only */
function accountHint(account: PageAccount, isPart: boolean): string {
  const about = `${account.id} ${account.name}: ${outcomeOf(account)}.`;
  return account.outcome === 'collected'
    ? `${about} None of its findings${isPart ? ' on this page' : ''} matches.`
    : `${about} Nothing is known about its users.`;
}
