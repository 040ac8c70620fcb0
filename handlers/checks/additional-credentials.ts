import type { CredentialRow } from '../credential-report/credential-row';
import { ADDITIONAL_COLUMN } from '../credential-report/report-columns';
import { type RowCheck, notApplicable, pass, unknown } from './check';

/** Long enough for a count and the names of the actions that list the credentials. */
const MOST_CHARACTERS = 200;

/**
 * A report has columns for two access keys and two certificates. `additional_credentials_info` names further ones, without
 * their age or use, so that no other check can judge them.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
 */
export const additionalCredentials: RowCheck = {
  id: 'additional-credentials',
  title: () => 'The report shows every access key and certificate',
  description:
    'Unknown when `additional_credentials_info` says that a user, or the root user, has further access keys or ' +
    'certificates. Does not apply to reports without this column, nor where it is empty.',
  remedy:
    'List the keys and certificates of the user with the call that the reason names, and delete those that are not needed, until the report shows all of them.',
  severity: 'medium',
  always: true,
  appliesTo: 'principal',
  evaluate: (row) => {
    const info = infoIn(row);
    if (info === '') return notApplicable('the report says nothing about further credentials');
    return info === NONE
      ? pass('no further credentials')
      : unknown(`credentials that the report does not show: ${info.slice(0, MOST_CHARACTERS)}`);
  },
};

/** How a report says that there are none. */
const NONE = 'N/A';

const infoIn = (row: CredentialRow) => row.cell(ADDITIONAL_COLUMN).trim();

/** Whether a user has access keys or certificates that the report does not show. */
export const hasFurther = (row: CredentialRow) => !['', NONE].includes(infoIn(row));
