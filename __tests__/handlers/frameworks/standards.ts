/**
 * The numbers that each standard has, from the standard itself and not from a mapping, at least for the parts that
 * credentials belong to. A mapping that names another number names a control that does not exist.
 */

export interface Standard {
  readonly source: string;
  readonly ids: ReadonlySet<string>;
}

/** `numbered('8.2.', 1, 3)` is 8.2.1, 8.2.2 and 8.2.3. */
const numbered = (prefix: string, first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => `${prefix}${first + index}`);

const standard = (source: string, ...ids: readonly (readonly string[])[]): Standard => ({
  source,
  ids: new Set(ids.flat()),
});

/** A control with its enhancements: `AC-2`, `AC-2(1)` and so on, without those that were withdrawn. */
const control = (id: string, enhancements: readonly number[]) => [
  id,
  ...enhancements.map((number) => `${id}(${number})`),
];

const upTo = (last: number, withdrawn: readonly number[] = []) =>
  Array.from({ length: last }, (_, index) => index + 1).filter((number) => !withdrawn.includes(number));

const cis = 'https://www.cisecurity.org/benchmark/amazon_web_services';
const securityHub = 'https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html';
const fedRamp = 'https://github.com/usnistgov/oscal-content (fedramp.gov, baselines of revision 4)';

/** Sections on identity and access management: 1 up to v5.0, 2 since v6.0. */
const cisSections: Record<string, Standard> = {
  'cis-v3.0': standard(cis, numbered('1.', 1, 22)),
  'cis-v4.0.1': standard(cis, numbered('1.', 1, 22)),
  'cis-v5.0': standard(cis, numbered('1.', 1, 21)),
  'cis-v6.0': standard(cis, numbered('2.', 1, 21)),
  'cis-v7.0': standard(cis, numbered('2.1.', 1, 6), numbered('2.', 2, 21)),
};

/** Families AC and IA of revision 5, update 1. */
const nist80053: Standard = standard(
  'https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final',
  control('AC-1', []),
  control('AC-2', upTo(13, [10])),
  control('AC-3', upTo(15, [1, 6])),
  control('AC-4', upTo(32, [16, 18])),
  control('AC-5', []),
  control('AC-6', upTo(10)),
  control('AC-7', upTo(4, [1])),
  numbered('AC-', 8, 12),
  control('AC-14', []),
  numbered('AC-', 16, 25),
  control('IA-1', []),
  control('IA-2', upTo(13, [3, 4, 7, 9, 11])),
  control('IA-3', upTo(4, [2])),
  control('IA-4', upTo(9, [2, 3, 7])),
  control('IA-5', upTo(18, [3, 4, 11])),
  numbered('IA-', 6, 13),
);

/** Number of requirements in each family, 3.1 to 3.14. */
export const nist800171Families = [22, 3, 9, 9, 11, 3, 6, 9, 2, 6, 3, 4, 16, 7];

/** Number of controls of the themes 5 to 8 of Annex A. */
export const isoThemes = [37, 8, 14, 34];

/** Number of common criteria in the series CC1 to CC9. */
export const socSeries = [5, 3, 4, 2, 3, 8, 5, 1, 2];

/** Standards and implementation specifications of 45 CFR 164.308(a) and 164.312. */
const hipaa: Standard = standard(
  'https://www.ecfr.gov/current/title-45/part-164/subpart-C',
  ['(1)(i)', '(1)(ii)(A)', '(1)(ii)(B)', '(1)(ii)(C)', '(1)(ii)(D)', '(2)'].map((id) => `164.308(a)${id}`),
  ['(3)(i)', '(3)(ii)(A)', '(3)(ii)(B)', '(3)(ii)(C)'].map((id) => `164.308(a)${id}`),
  ['(4)(i)', '(4)(ii)(A)', '(4)(ii)(B)', '(4)(ii)(C)'].map((id) => `164.308(a)${id}`),
  ['(5)(i)', '(5)(ii)(A)', '(5)(ii)(B)', '(5)(ii)(C)', '(5)(ii)(D)'].map((id) => `164.308(a)${id}`),
  ['(6)(i)', '(6)(ii)', '(7)(i)', '(8)'].map((id) => `164.308(a)${id}`),
  ['A', 'B', 'C', 'D', 'E'].map((letter) => `164.308(a)(7)(ii)(${letter})`),
  ['(a)(1)', '(a)(2)(i)', '(a)(2)(ii)', '(a)(2)(iii)', '(a)(2)(iv)', '(b)'].map((id) => `164.312${id}`),
  ['(c)(1)', '(c)(2)', '(d)', '(e)(1)', '(e)(2)(i)', '(e)(2)(ii)'].map((id) => `164.312${id}`),
);

export const standards: Readonly<Record<string, Standard>> = {
  ...cisSections,
  // IAM.20 is retired.
  'security-hub': standard(securityHub, numbered('IAM.', 1, 19), numbered('IAM.', 21, 28)),
  fsbp: standard('https://docs.aws.amazon.com/securityhub/latest/userguide/fsbp-standard.html', [
    ...numbered('IAM.', 1, 8),
    'IAM.21',
  ]),
  // Requirements 7 and 8.
  'pci-dss-v4.0.1': standard(
    'https://www.pcisecuritystandards.org/document_library/',
    numbered('7.1.', 1, 2),
    [...numbered('7.2.', 1, 6), '7.2.5.1'],
    numbered('7.3.', 1, 3),
    numbered('8.1.', 1, 2),
    numbered('8.2.', 1, 8),
    [...numbered('8.3.', 1, 11), '8.3.10.1'],
    numbered('8.4.', 1, 3),
    numbered('8.5.', 1, 1),
    numbered('8.6.', 1, 3),
  ),
  'nist-800-53-r5': nist80053,
  'nist-800-171-r2': standard(
    'https://csrc.nist.gov/pubs/sp/800/171/r2/upd1/final',
    ...nist800171Families.map((last, index) => numbered(`3.${index + 1}.`, 1, last)),
  ),
  'iso-27001-2022': standard(
    'https://www.iso.org/standard/27001 (Annex A)',
    ...isoThemes.map((last, index) => numbered(`A.${index + 5}.`, 1, last)),
  ),
  'soc-2': standard(
    'https://www.aicpa-cima.com/resources/download/2017-trust-services-criteria-with-revised-points-of-focus-2022',
    ...socSeries.map((last, index) => numbered(`CC${index + 1}.`, 1, last)),
  ),
  hipaa,
  // Families AC and IA.
  'fedramp-moderate-r4': standard(
    fedRamp,
    control('AC-2', [1, 2, 3, 4, 5, 7, 9, 10, 12]),
    control('AC-4', [21]),
    control('AC-6', [1, 2, 5, 9, 10]),
    control('AC-11', [1]),
    control('AC-17', [1, 2, 3, 4, 9]),
    control('AC-18', [1]),
    control('AC-19', [5]),
    control('AC-20', [1, 2]),
    ['AC-1', 'AC-3', 'AC-5', 'AC-7', 'AC-8', 'AC-10', 'AC-12', 'AC-14', 'AC-21', 'AC-22'],
    control('IA-2', [1, 2, 3, 5, 8, 11, 12]),
    control('IA-4', [4]),
    control('IA-5', [1, 2, 3, 4, 6, 7, 11]),
    control('IA-8', [1, 2, 3, 4]),
    ['IA-1', 'IA-3', 'IA-6', 'IA-7'],
  ),
  'fedramp-low-r4': standard(
    fedRamp,
    ['AC-1', 'AC-2', 'AC-3', 'AC-7', 'AC-8', 'AC-14', 'AC-17', 'AC-18', 'AC-19', 'AC-20', 'AC-22'],
    control('IA-2', [1, 12]),
    control('IA-5', [1, 11]),
    control('IA-8', [1, 2, 3, 4]),
    ['IA-1', 'IA-4', 'IA-6', 'IA-7'],
  ),
};
