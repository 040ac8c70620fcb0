import { type GetCredentialReportResponse, IAMClient } from '@aws-sdk/client-iam';
import { type Collector, pollAccount } from '../../../handlers/collect-reports/poll-account';
import { keys } from '../../../handlers/shared/bucket-layout';
import type { ReportBucket } from '../../../handlers/shared/aws/report-bucket';
import { MemoryBucket } from '../../support/memory-bucket';
import { root } from '../../support/rows';
import { DATE, reportOf } from '../../support/stored-run';

const account = '123456789012';
const content = Buffer.from(reportOf([root]));
const options = { requestTimeout: 1_000 };
const denied = Object.assign(new Error('no'), { name: 'AccessDenied' });

describe('a poll of an account', () => {
  let bucket: MemoryBucket;
  let send: jest.SpyInstance;
  let iam: jest.Mock;
  beforeEach(() => {
    bucket = new MemoryBucket();
    const client = new IAMClient({ region: 'us-east-1' });
    send = jest.spyOn(client, 'send');
    iam = jest.fn().mockResolvedValue(client);
    answers({ State: 'COMPLETE' }, { Content: content, GeneratedTime: new Date('2026-11-22T07:00:00Z') });
  });

  /** What IAM answers to the request for a report, and then to that for its content. */
  function answers(generated: object | Error, got: GetCredentialReportResponse | Error = {}) {
    send.mockReset();
    for (const answer of [generated, got]) {
      if (answer instanceof Error) send.mockRejectedValueOnce(answer);
      else send.mockResolvedValueOnce(answer);
    }
  }
  const poll = (change: Partial<Collector> = {}) => {
    const now = () => new Date('2026-11-22T08:01:00Z');
    return pollAccount(account, DATE, { sessions: { iam }, bucket, now, ...change }, options);
  };
  const report = () => bucket.objects.get(keys.report(DATE, account));
  const collected = {
    account,
    outcome: 'collected',
    generatedAt: '2026-11-22T07:00:00.000Z',
    collectedAt: '2026-11-22T08:01:00.000Z',
    bytes: content.length,
  };

  it('stores a ready report byte for byte, with the time at which IAM made it', async () => {
    await expect(poll()).resolves.toEqual(collected);
    expect(report()).toMatchObject({
      body: content,
      headers: { ContentType: 'text/csv', Metadata: { 'generated-at': '2026-11-22T07:00:00.000Z' } },
    });
  });

  it('hands on every report that was stored', async () => {
    const onStored = jest.fn();
    await poll({ onStored });
    expect(onStored.mock.calls).toEqual([[account, content]]);
  });

  it('says nothing of when a report was made if IAM does not', async () => {
    answers({ State: 'COMPLETE' }, { Content: content });
    await expect(poll()).resolves.toEqual({ ...collected, generatedAt: '' });
  });

  it('bounds the time of every call', async () => {
    const put = jest.spyOn<ReportBucket, 'put'>(bucket, 'put');
    await poll();
    expect(iam).toHaveBeenCalledWith(account, options);
    expect(send.mock.calls.map(([, given]) => given as unknown)).toEqual([options, options]);
    expect(put.mock.calls[0]?.[3]).toBe(options);
  });

  it.each([
    [{ State: 'STARTED' }, 'STARTED'],
    [{ State: 'INPROGRESS' }, 'INPROGRESS'],
    [{}, 'undefined'],
  ])('leaves a report that is not ready to the next poll, and names its state: %j', async (answer, state) => {
    answers(answer);
    const detail = expect.stringContaining(state) as string;
    await expect(poll()).resolves.toEqual({ account, outcome: 'pending', reason: 'not-ready', detail });
    expect(send).toHaveBeenCalledTimes(1);
    expect(bucket.written).toEqual([]);
  });

  it.each([
    ['nothing', undefined],
    ['a page', Buffer.from('<html>')],
    ['no row', Buffer.from(reportOf([]))],
  ])('does not store a report that has %s', async (_about, returned) => {
    answers({ State: 'COMPLETE' }, { Content: returned });
    const detail = expect.stringMatching(/^IAM returned /) as string;
    await expect(poll()).resolves.toEqual({ account, outcome: 'failed', reason: 'report-invalid', detail });
    expect(bucket.written).toEqual([]);
  });

  it('stores a report without any row in a partition whose reports have no root user', async () => {
    answers({ State: 'COMPLETE' }, { Content: Buffer.from(reportOf([])) });
    await expect(poll({ hasRootRow: false })).resolves.toMatchObject({ outcome: 'collected' });
  });

  it('asks IAM for nothing when the role cannot be assumed', async () => {
    iam.mockRejectedValue(denied);
    await expect(poll()).resolves.toMatchObject({ outcome: 'failed', reason: 'role-not-assumable' });
    expect(send).not.toHaveBeenCalled();
  });

  it.each([
    ['the request for a report', denied, {}],
    ['its content', { State: 'COMPLETE' }, denied],
  ])('fails the account when IAM refuses %s', async (_about, generated, got) => {
    answers(generated, got);
    await expect(poll()).resolves.toMatchObject({ outcome: 'failed', reason: 'denied' });
  });

  it('fails the account when the bucket refuses the report, and hands nothing on', async () => {
    jest.spyOn(bucket, 'put').mockRejectedValue(denied);
    const onStored = jest.fn();
    await expect(poll({ onStored })).resolves.toMatchObject({ outcome: 'failed', reason: 'not-stored' });
    expect(onStored).not.toHaveBeenCalled();
  });
});
