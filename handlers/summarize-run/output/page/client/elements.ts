export type Child = Node | string;

/** Texts become text nodes: nothing of what they contain is read as HTML. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Record<string, string> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}

/** A list of names and their values, without those that have none. */
export function factList(facts: readonly (readonly [name: string, value: Child])[]): HTMLElement {
  const list = facts
    .filter(([, value]) => value !== '')
    .map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, value)));
  return element('dl', { class: 'facts' }, ...list);
}

export const tag = (name: string, text = name) => element('span', { class: `tag ${name}` }, text);

/** A dash if it is not known. */
export const count = (value: number | undefined) => value?.toLocaleString('en') ?? '–';
