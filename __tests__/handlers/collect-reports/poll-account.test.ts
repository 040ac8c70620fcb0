import { createHash } from 'node:crypto';
import { type GetCredentialReportResponse, IAMClient } from '@aws-sdk/client-iam';
import type { Collector } from '../../../handlers/collect-reports/poll-account';
import { pollAccount } from '../../../tools/support/poll-account';
import { ReportBucket } from '../../../handlers/shared/aws/report-bucket';
import { keys } from '../../../handlers/shared/bucket-layout';
import { sha256Of, toBase64 } from '../../../handlers/shared/hash';
import { ServiceError } from '../../../local/fake-aws/service';
import { type ReportStore, reportStore } from '../../support/report-store';
import { root } from '../../support/rows';
import { DATE, reportOf } from '../../support/stored-run';

const account = '123456789012';
const content = Buffer.from(reportOf([root]));
const denied = Object.assign(new Error('no'), { name: 'AccessDenied' });

describe('a poll of an account', () => {
  let store: ReportStore;
  let send: jest.SpyInstance;
  let iam: jest.Mock;
  beforeEach(() => {
    store = reportStore();
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
    return pollAccount(account, DATE, { sessions: { iam }, bucket: store.bucket, now, ...change });
  };
  const key = keys.report(DATE, account);
  const puts = () => store.s3.calls.filter(({ method }) => method === 'PUT');
  const collected = {
    account,
    outcome: 'collected',
    generatedAt: '2026-11-22T07:00:00.000Z',
    collectedAt: '2026-11-22T08:01:00.000Z',
    key,
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
    etag: `"${createHash('md5').update(content).digest('hex')}"`,
    versionId: expect.stringMatching(/^.{20,}$/) as string,
  };

  it('stores a ready report byte for byte, with the time at which IAM made it', async () => {
    await expect(poll()).resolves.toEqual(collected);
    expect(store.s3.objects.get(key)).toEqual(content);
    expect(store.s3.headersOf(key)).toMatchObject({
      'content-type': 'text/csv',
      'x-amz-meta-generated-at': '2026-11-22T07:00:00.000Z',
    });
  });

  it('says which version of the object is the report', async () => {
    const outcome = await poll();
    store.s3.put(key, 'something else');
    const { versionId } = outcome as { versionId?: string };
    await expect(store.bucket.get(key, { versionId })).resolves.toEqual(new Uint8Array(content));
  });

  it('says nothing of a version in a bucket without versions', async () => {
    store = reportStore({ versions: false });
    const { versionId: _versionId, ...others } = collected;
    await expect(poll()).resolves.toEqual(others);
  });

  it('says the same hash that S3 verified, of the bytes that IAM returned', async () => {
    await poll();
    expect(puts().map(({ headers }) => headers['x-amz-checksum-sha256'])).toEqual([
      createHash('sha256').update(content).digest('base64'),
    ]);
    expect(toBase64(sha256Of(content))).toBe(puts()[0]?.headers['x-amz-checksum-sha256']);
  });

  it('leaves a report that was damaged on the way to the next poll: S3 refuses it', async () => {
    store.s3.client.middlewareStack.add(
      (next) => (args) => {
        const request = args.request as { method: string; body: Uint8Array };
        if (request.method === 'PUT') request.body = Buffer.from(request.body).fill('x', 0, 1);
        return next(args);
      },
      { step: 'finalizeRequest', name: 'damage', priority: 'low' },
    );
    const reviews = { add: jest.fn() };
    const detail = expect.stringMatching(/^BadDigest: /) as string;
    await expect(poll({ reviews })).resolves.toEqual({
      account,
      outcome: 'pending',
      reason: 'not-stored',
      detail,
    });
    expect(store.s3.objects.has(key)).toBe(false);
    expect(reviews.add).not.toHaveBeenCalled();
  });

  it('stores nothing in a bucket that another account made under the same name', async () => {
    const place = { name: store.s3.name, owner: '999999999999', prefix: '' };
    const bucket = new ReportBucket(store.s3.client, place);
    await expect(poll({ bucket })).resolves.toMatchObject({ outcome: 'failed', reason: 'not-stored' });
    expect(store.s3.objects.size).toBe(0);
  });

  it('keeps the key without the prefix of the environment, below which it stores the report', async () => {
    store = reportStore({ prefix: 'test/' });
    await expect(poll()).resolves.toMatchObject({ key });
    expect([...store.s3.objects.keys()]).toEqual([`test/${key}`]);
  });

  it('has every report reviewed that was stored, and names the review in the outcome', async () => {
    const reviews = { add: jest.fn().mockReturnValue('hash of the review') };
    await expect(poll({ reviews })).resolves.toEqual({ ...collected, review: 'hash of the review' });
    const { generatedAt, collectedAt, sha256 } = collected;
    expect(reviews.add.mock.calls).toEqual([
      [{ id: account, content, generatedAt, collectedAt }, { report: sha256 }],
    ]);
  });

  it('says nothing of when a report was made if IAM does not', async () => {
    answers({ State: 'COMPLETE' }, { Content: content });
    await expect(poll()).resolves.toEqual({ ...collected, generatedAt: '' });
  });

  it('makes no call that the SDK would build its middleware anew for', async () => {
    const put = jest.spyOn(store.s3.client, 'send');
    await poll();
    expect(iam).toHaveBeenCalledWith(account, { serviceCredentials: false });
    const argumentsOf = ({ mock }: jest.SpyInstance) =>
      (mock.calls as unknown[][]).map(({ length }) => length);
    expect([argumentsOf(send), argumentsOf(put)]).toEqual([[1, 1], [1]]);
  });

  it.each([
    [{ State: 'STARTED' }, 'STARTED'],
    [{ State: 'INPROGRESS' }, 'INPROGRESS'],
  ])('leaves a report that is not ready to the next poll, and names its state: %j', async (answer, state) => {
    answers(answer);
    const detail = expect.stringContaining(state) as string;
    await expect(poll()).resolves.toEqual({ account, outcome: 'pending', reason: 'not-ready', detail });
    expect(send).toHaveBeenCalledTimes(1);
    expect(store.s3.written).toEqual([]);
  });

  it('does not take an answer without a state for a report that is not ready', async () => {
    answers({});
    await expect(poll()).resolves.toEqual({
      account,
      outcome: 'pending',
      reason: 'service-error',
      detail: 'UnexpectedAnswer: IAM answered without a state',
    });
  });

  it.each([
    ['nothing', undefined],
    ['a page', Buffer.from('<html>')],
    ['no row', Buffer.from(reportOf([]))],
  ])('stores nothing but a report, and leaves %s to the next poll', async (_about, returned) => {
    answers({ State: 'COMPLETE' }, { Content: returned });
    const detail = expect.stringMatching(/^IAM returned /) as string;
    await expect(poll()).resolves.toEqual({ account, outcome: 'pending', reason: 'report-invalid', detail });
    expect(store.s3.written).toEqual([]);
    answers({ State: 'COMPLETE' }, { Content: content });
    await expect(poll()).resolves.toMatchObject({ outcome: 'collected' });
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
    store.s3.onCall = () => {
      throw new ServiceError(403, 'AccessDenied', 'no');
    };
    const reviews = { add: jest.fn() };
    await expect(poll({ reviews })).resolves.toMatchObject({ outcome: 'failed', reason: 'not-stored' });
    expect(reviews.add).not.toHaveBeenCalled();
  });
});
