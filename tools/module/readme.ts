/** The reference in the README of the module, in the form of terraform-docs. */
import type { Variable } from './variables';

interface Reference {
  readonly variables: readonly Variable[];
  /** Descriptions by name. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Addresses of resources and data sources. */
  readonly addresses: readonly string[];
  /** Names of providers, with their aliases. */
  readonly providers: readonly string[];
  readonly versions: { readonly terraform: string; readonly aws: string };
}

const BEGIN = '<!-- BEGIN_TF_DOCS -->';
const END = '<!-- END_TF_DOCS -->';

/** @param text - of the README, with the two comments between which terraform-docs writes */
export function withReference(text: string, reference: Reference): string {
  const [before, after] = [text.indexOf(BEGIN) + BEGIN.length, text.indexOf(END)];
  return `${text.slice(0, before)}\n${referenceOf(reference)}${text.slice(after)}`;
}

const referenceOf = ({ variables, outputs, addresses, versions, providers }: Reference): string =>
  [
    section(
      'Requirements',
      ['Name', 'Version'],
      [
        [named('requirement', 'terraform'), versions.terraform],
        [named('requirement', 'aws'), versions.aws],
      ],
    ),
    section(
      'Providers',
      ['Name', 'Version'],
      providers.map((name) => [named('provider', name), versions.aws]),
    ),
    '## Modules\n\nNo modules.\n',
    section('Resources', ['Name', 'Type'], [...addresses].sort().map(resourceRow)),
    section(
      'Inputs',
      ['Name', 'Description', 'Type', 'Default', 'Required'],
      [...variables].sort((one, other) => (one.name < other.name ? -1 : 1)).map(inputRow),
    ),
    section(
      'Outputs',
      ['Name', 'Description'],
      Object.entries(outputs)
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([name, description]) => [named('output', name), description]),
    ),
  ].join('\n');

function section(title: string, heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [heads, heads.map((head) => '-'.repeat(head.length)), ...rows.map((row) => row.map(inCell))];
  return `## ${title}\n\n${lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('')}`;
}

const inCell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** A name that can be linked to. */
const named = (kind: string, name: string): string =>
  `<a name="${kind}_${name}"></a> [${name}](#${kind}\\_${name.replaceAll('_', '\\_')})`;

function resourceRow(address: string): [string, string] {
  const [first = '', second = '', third = ''] = address.split('.');
  const isData = first === 'data';
  const [type, name] = isData ? [second, third] : [first, second];
  const kind = isData ? 'data-sources' : 'resources';
  const page = `https://registry.terraform.io/providers/hashicorp/aws/latest/docs/${kind}/${type.replace(/^aws_/, '')}`;
  return [`[${type}.${name}](${page})`, isData ? 'data source' : 'resource'];
}

const inputRow = ({ name, description, type, default: value }: Variable): string[] => [
  named('input', name),
  description,
  `\`${type}\``,
  value === undefined ? 'n/a' : `\`${value}\``,
  value === undefined ? 'yes' : 'no',
];
