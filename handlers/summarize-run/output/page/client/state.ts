/** What the page shows, as its address says it after `#`: so a link shows somebody else the same. */
export interface State {
  readonly show: 'findings' | 'accounts';
  /** Words that must all be found. */
  readonly text: string;
  readonly severity: string;
  readonly check: string;
  /** Label of a framework, such as `CIS v7.0`. */
  readonly framework: string;
  readonly status: string;
  readonly unit: string;
  readonly owner: string;
  /** A column, with a minus for descending; empty for the order of the data. */
  readonly sort: string;
  /** ID of the account whose details are shown; empty for none. */
  readonly account: string;
}

export const START: State = {
  show: 'findings',
  text: '',
  severity: '',
  check: '',
  framework: '',
  status: '',
  unit: '',
  owner: '',
  sort: '',
  account: '',
};

const NAMES = Object.keys(START) as (keyof State)[];

/** @param hash - of an address; what it does not say is as at the start */
export function stateOf(hash: string): State {
  const parameters = new URLSearchParams(hash.replace(/^#/, ''));
  const entries = NAMES.map((name) => [name, parameters.get(name) ?? START[name]] as const);
  const state = Object.fromEntries(entries) as unknown as State;
  return { ...state, show: state.show === 'accounts' ? 'accounts' : 'findings' };
}

/** Without what is as at the start. */
export function hashOf(state: State): string {
  const parameters = new URLSearchParams();
  for (const name of NAMES) if (state[name] !== START[name]) parameters.set(name, state[name]);
  const text = parameters.toString();
  return text === '' ? '' : `#${text}`;
}
