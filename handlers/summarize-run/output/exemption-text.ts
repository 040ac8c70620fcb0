/** Exemptions in words, the same on the page and in the digest. */
import { scopeText } from '../../core/exemption-scopes';
import { type AppliedExemption, ENDS_SOON_DAYS } from '../../core/exemptions';
import type { Exemption } from '../../shared/events';
import { pluralize } from '../../shared/pluralize';

/** Exemptions that somebody should look at, the most urgent first. */
export const exemptionsToTell: readonly {
  /** Completes "Exemptions …" and a number of them. */
  title: string;
  isOne: (exemption: AppliedExemption) => boolean;
}[] = [
  { title: 'expired', isOne: ({ effect }) => effect === 'expired' },
  { title: `ending within ${ENDS_SOON_DAYS} days`, isOne: ({ endsSoon }) => endsSoon },
  { title: 'matching no finding', isOne: ({ effect }) => effect === 'unused' },
  { title: 'undecided', isOne: ({ effect }) => effect === 'undecided' },
];

/** How many there are, and how many of them somebody should look at. */
export function countsOfExemptions(exemptions: readonly AppliedExemption[]): string {
  const told = exemptionsToTell.flatMap(({ title, isOne }) => {
    const count = exemptions.filter(isOne).length;
    return count > 0 ? [`${count} ${title}`] : [];
  });
  return [String(exemptions.length), ...told].join(', ');
}

/** Until when and why a finding is accepted, and by whom. */
export const acceptance = (exemption: Exemption) =>
  `until ${exemption.expires}: ${exemption.reason}${approval(exemption)}`;

export function approval({ approvedBy, ticket }: Pick<Exemption, 'approvedBy' | 'ticket'>): string {
  const parts = [
    ...(approvedBy === undefined ? [] : [`approved by ${approvedBy}`]),
    ...(ticket === undefined ? [] : [`ticket ${ticket}`]),
  ];
  return parts.length > 0 ? ` (${parts.join(', ')})` : '';
}

/** One exemption as a line of the digest. */
export const exemptionLine = (exemption: AppliedExemption) =>
  `${exemption.check}: ${exemption.user}, ${scopeText(exemption)}, ${acceptance(exemption)}; ` +
  pluralize(exemption.findings, 'finding');

/** What an exemption does, if somebody should look at it. */
export function remark({ effect, endsSoon }: AppliedExemption): string | undefined {
  if (effect === 'expired') return 'expired: its findings fail again';
  const remarks = [
    ...(endsSoon ? [`ends within ${ENDS_SOON_DAYS} days`] : []),
    ...(effect === 'unused' ? ['matches no finding'] : []),
    ...(effect === 'undecided' ? ['undecided: not everything is known of its accounts'] : []),
  ];
  return remarks.length > 0 ? remarks.join('; ') : undefined;
}
