import type { ListedCredentials } from '../../../handlers/core/service-credentials';
import { reviewReport } from '../../../handlers/report-review/report-review';
import { reviewerOf } from '../../../handlers/report-review/reviewer';
import { reviewSettingsOf } from '../../../handlers/shared/run-files';
import { defaultSettings } from '../../../tools/support/embedded-execution';
import { consoleUser, root } from '../../support/rows';
import { accountId, as, reportOf } from '../../support/stored-run';

const id = accountId(1);
const startedAt = '2026-11-22T08:00:00.000Z';
const reviewer = reviewerOf(reviewSettingsOf({ startedAt, settings: defaultSettings }), 'aws');
// The rows of a report have any order.
const rows = [as('zoe', id, consoleUser), as('<root_account>', id, root), as('ada', id, consoleUser)];
const text = reportOf(rows);
const review = (serviceCredentials: ListedCredentials | undefined) =>
  reviewReport(reviewer, {
    ...{ id, content: Buffer.from(text), generatedAt: '', collectedAt: startedAt },
    serviceCredentials,
  });
const credential = {
  UserName: 'ada',
  ServiceSpecificCredentialId: 'ACCAEXAMPLE000000001',
  ServiceName: 'bedrock.amazonaws.com',
  Status: 'Active',
  CreateDate: '2026-11-12T09:00:00.000Z',
};
const of = (name: string) => [name, as(name, id, consoleUser).arn];

describe('the review of a report', () => {
  it('has the root user first, then the others in the order of the report, each with its ARN', () => {
    expect(review(undefined).rows.map(({ user, arn }) => [user, arn])).toEqual([
      ['<root_account>', as('<root_account>', id, root).arn],
      of('zoe'),
      of('ada'),
    ]);
  });

  it('has the cells after the ARN as the table has them, and an empty one for a column that the report lacks', () => {
    const [, zoe = ''] = text.split('\n');
    const [user, arn, ...cells] = zoe.split(',');
    expect([user, arn]).toEqual(of('zoe'));
    expect(review(undefined).rows[1]?.cells).toBe(`${cells.join(',')},`);
  });

  it('says nothing of service-specific credentials if the run lists none', () => {
    expect(review(undefined)).not.toHaveProperty('serviceCredentials');
  });

  it('says that they are unknown if they could not be listed', () => {
    const { serviceCredentials } = review({ reason: 'denied', detail: 'no' });
    expect(serviceCredentials).toEqual({ unknown: true });
  });

  it('has the cells of each of them, with the ARN of its user and its age in whole days', () => {
    const credentials = [
      credential,
      {
        ...credential,
        UserName: 'new',
        CreateDate: '2026-11-12T08:00:00.000Z',
        ExpirationDate: '2027-01-01T00:00:00.000Z',
        ServiceCredentialAlias: 'alias',
      },
    ];
    const { ServiceSpecificCredentialId: key } = credential;
    expect(review({ credentials }).serviceCredentials).toEqual({
      rows: [
        `ada,${of('ada')[1]},bedrock.amazonaws.com,${key},Active,2026-11-12T09:00:00.000Z,,9,`,
        `new,,bedrock.amazonaws.com,${key},Active,2026-11-12T08:00:00.000Z,2027-01-01T00:00:00.000Z,10,alias`,
      ],
    });
  });
});
