import { asksForOwners } from '../../../handlers/shared/events';
import { type Finding, check, ok, warning } from '../check';
import { firstOf } from '../first-of';
import { lastManifest } from '../last-manifest';

/** What the last run found out: whether tags can be read is known only to the role of list-accounts. */
export const owners = check({
  id: 'owners',
  question: 'Does the last run know who owns the accounts?',
  needs: 'deployment',
  applies: ({ environment }) => asksForOwners(environment.owners),
  read: lastManifest,
  judge: (manifest) => {
    if (!manifest?.owners) return warning('no run that asks for owners has finished yet');
    const { known, none, unknown } = manifest.owners;
    const expected = manifest.accounts.filter(({ outcome }) => outcome !== 'skipped');
    const some = (isMeant: (owner: (typeof expected)[number]['owner']) => boolean) =>
      firstOf(expected.filter(({ owner }) => isMeant(owner)).map(({ id }) => id));
    const findings: Finding[] = [];
    if (unknown > 0)
      findings.push(
        warning(
          `the owners of ${unknown} accounts are not known: ${some((owner) => owner === undefined)}`,
          'The notes of the manifest say what could not be read: docs/owners.md#what-is-not-known',
        ),
      );
    if (none > 0)
      findings.push(
        warning(
          `${none} accounts have no owner: ${some((owner) => owner === null)}`,
          'Tag them, or add them to owners.json: docs/owners.md',
        ),
      );
    return findings.length > 0 ? findings : ok(`${known} accounts have an owner`);
  },
});
