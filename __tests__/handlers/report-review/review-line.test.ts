import { ADDITIONAL_COLUMN } from '../../../handlers/credential-report/report-columns';
import { type ReportReview, reviewReport } from '../../../handlers/report-review/report-review';
import { accountOfLine, reviewIn, reviewLine } from '../../../handlers/report-review/review-line';
import { reviewerOf } from '../../../handlers/report-review/reviewer';
import { sha256Of } from '../../../handlers/shared/hash';
import { reviewSettingsOf } from '../../../handlers/shared/run-files';
import { defaultSettings } from '../../../tools/support/embedded-execution';
import { consoleUser, key, root } from '../../support/rows';
import { accountId, as, reportOf } from '../../support/stored-run';

const id = accountId(1);
const startedAt = '2026-11-22T08:00:00.000Z';
const settings = reviewSettingsOf({ startedAt, settings: defaultSettings });
const reviewer = reviewerOf(settings, 'aws');
const rows = [as('<root_account>', id, root), as('ada', id, { ...consoleUser, ...key(1, 200, 'never') })];
const [header = '', ...lines] = reportOf(rows).split('\n');
const content = Buffer.from(
  [`${header},${ADDITIONAL_COLUMN},new_column`, `${lines[0]},N/A,`, `${lines[1]},1 more,é`].join('\n'),
);
const review: ReportReview = reviewReport(reviewer, {
  ...{ id, content, generatedAt: '', collectedAt: startedAt },
  serviceCredentials: { credentials: [] },
});
const source = { account: id, report: sha256Of(content), list: 'list', basis: reviewer.basis };
const text = reviewLine(source, review);
const line = Buffer.from(text);

describe('the line of a review', () => {
  it('starts with its account', () => {
    expect(accountOfLine(line)).toBe(id);
    expect(accountOfLine(Buffer.from('{"acc'))).toBe('');
  });

  it('is one line', () => {
    expect(text).not.toContain('\n');
  });

  it('gives the whole review back', () => {
    expect(review).toMatchObject({
      hidden: ['ada'],
      unknownColumns: ['new_column'],
      rows: [{ user: '<root_account>' }, { user: 'ada' }],
    });
    expect(reviewIn(line, sha256Of(line), source)).toEqual(review);
  });

  it('gives back whom a finding is about, if no row is about that user, or a row with another ARN', () => {
    const judged = { result: 'fail', reason: '', key: 'iam-user' } as const;
    const row = (user: string, arn: string) => ({ user, arn, cells: '' });
    const finding = (user: string, arn: string) => ({ user, arn, ...judged });
    const found = [[finding('ada', 'arn:1')], [finding('ada', 'arn:2')], [finding('new', '')]];
    const checks = [{ pass: 0, notApplicable: 0, found }];
    const twice = { ...review, rows: [row('ada', 'arn:1'), row('ada', 'arn:2')], checks };
    const other = reviewLine(source, twice);
    expect(reviewIn(Buffer.from(other), sha256Of(other), source)).toEqual(twice);
  });

  it('names each user and ARN once', () => {
    expect(review.checks.flatMap(({ found }) => found.flat()).length).toBeGreaterThan(2);
    expect(text.split('/ada"')).toHaveLength(2);
  });

  it('is not used with another hash', () => {
    expect(reviewIn(line, sha256Of('other'), source)).toBeUndefined();
  });

  it.each(['account', 'report', 'list', 'basis'])('is not used for another %s', (field) => {
    expect(reviewIn(line, sha256Of(line), { ...source, [field]: 'other' })).toBeUndefined();
  });

  it('is not used for an account without a list', () => {
    expect(reviewIn(line, sha256Of(line), { ...source, list: undefined })).toBeUndefined();
  });

  it.each(['', '{', 'null', '[]'])('is not used if it is %p, whatever the outcome names', (other) => {
    expect(reviewIn(Buffer.from(other), sha256Of(other), source)).toBeUndefined();
  });
});

describe('the basis of reviews', () => {
  const basisOf = (change: Partial<typeof settings>, partition = 'aws') =>
    reviewerOf({ ...settings, ...change }, partition).basis;
  const { checks } = settings;

  it('is the same for the same settings, whatever the exemptions and the order of fields', () => {
    const exemptions = [
      { account: '*', user: '*', check: 'iam-user', reason: 'accepted', expires: '2026-12-31' },
    ];
    const others = { ...defaultSettings, checks: { ...defaultSettings.checks, exemptions } };
    const again = reviewSettingsOf({ startedAt, settings: others });
    expect(reviewerOf(again, 'aws').basis).toBe(basisOf({}));
    expect(basisOf({ checks: Object.fromEntries(Object.entries(checks).reverse()) as never })).toBe(
      basisOf({}),
    );
  });

  it.each([
    ['start', basisOf({ startedAt: '2026-11-22T08:00:01.000Z' })],
    ['partition', basisOf({}, 'aws-cn')],
    ['threshold', basisOf({ checks: { ...checks, rotationDays: 1 } })],
    ['severity', basisOf({ checks: { ...checks, severities: { 'iam-user': 'high' } } })],
    ['decision to list service-specific credentials', basisOf({ serviceCredentials: true })],
  ])('is another one with another %s', (_what, basis) => {
    expect(basis).not.toBe(basisOf({}));
  });
});
