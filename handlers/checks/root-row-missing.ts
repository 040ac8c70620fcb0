import { type ReportCheck, fail, notApplicable, pass } from './check';

/** Without this row, nobody knows whether the root user is fine. */
export const rootRowMissing: ReportCheck = {
  id: 'root-row-missing',
  title: () => 'The report has a row for the root user',
  description:
    'Fails when the report of an account has no row for the root user, so that the result of the other checks of the root ' +
    'user is unknown. Does not apply to AWS China, whose reports have no such row.',
  remedy:
    'Run again. If the row stays away, ask AWS Support: no check of the root user has a result until then.',
  severity: 'high',
  always: true,
  appliesTo: 'report',
  evaluate: ({ root }, { partition }) => {
    if (root) return pass('the report has a row for the root user');
    return partition === 'aws-cn'
      ? notApplicable('AWS China')
      : fail('the report has no row for the root user');
  },
};
