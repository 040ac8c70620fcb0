import { element } from './elements';
import type { Search } from './search';
import type { State } from './state';

/** Those that accounts do not have. */
const OF_FINDINGS: readonly string[] = ['severity', 'check', 'framework', 'status'];

/** The fields with which one says what to show; each has the name of its part of the state. */
export class FilterForm {
  readonly root: HTMLFormElement;

  /** @param onInput - receives what the fields say, at each change of one */
  constructor(choices: Search['choices'], onInput: (state: Partial<State>) => void) {
    const select = (name: keyof typeof choices, label: string) =>
      selectField(name, label, ['', ...choices[name]]);
    this.root = element(
      'form',
      { class: 'filter', role: 'search', 'aria-label': 'Findings and accounts' },
      selectField('show', 'Show', ['findings', 'accounts']),
      element(
        'label',
        {},
        'Account, owner, user or reason',
        element('input', { type: 'search', name: 'text', autocomplete: 'off' }),
      ),
      select('severity', 'Severity'),
      select('check', 'Check'),
      select('framework', 'Framework'),
      select('status', 'Status'),
      select('unit', 'Organizational unit'),
      select('owner', 'Owner'),
    );
    this.root.addEventListener('input', () => {
      onInput(Object.fromEntries(this.fields.map(({ name, value }) => [name, value])));
    });
    this.root.addEventListener('submit', (event) => {
      event.preventDefault();
    });
  }

  /** Shows what the state says. */
  fill(state: State): void {
    for (const field of this.fields) {
      const value = state[field.name as keyof State];
      if (field instanceof HTMLSelectElement) offer(field, value);
      // Writing an equal value would move the cursor of a text that somebody types.
      if (field.value !== value) field.value = value;
      field.disabled = state.show === 'accounts' && OF_FINDINGS.includes(field.name);
    }
  }

  private get fields(): (HTMLInputElement | HTMLSelectElement)[] {
    return [...this.root.elements].filter(
      (field) => field instanceof HTMLInputElement || field instanceof HTMLSelectElement,
    );
  }
}

/**
 * An address can ask for what this run does not have: the field then says it, so that it can be seen and removed. A field without a
 * choice is of no use.
 */
function offer(field: HTMLSelectElement, value: string): void {
  const values = [...field.options].map((option) => option.value);
  if (!values.includes(value)) field.append(element('option', { value }, value));
  field.labels.forEach((label) => (label.hidden = field.options.length < 2));
}

function selectField(name: string, label: string, values: readonly string[]): HTMLElement {
  const options = values.map((value) => element('option', { value }, value === '' ? 'all' : value));
  return element('label', {}, label, element('select', { name }, ...options));
}
