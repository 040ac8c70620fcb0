import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ReportBucket } from '../../../../handlers/shared/aws/report-bucket';
import { ServiceError, type ServiceResponse } from '../../../../local/fake-aws/service';
import { type Embedded, embedded } from '../../../../tools/support/embedded';

const MEBIBYTE = 1024 * 1024;
const UUID = /^[0-9a-f-]{36}$/;

describe('the report bucket', () => {
  let aws: Embedded;
  let methods: string[] = [];
  let broken = false;
  let unexpected: ServiceResponse | undefined;

  beforeEach(async () => {
    [methods, broken, unexpected] = [[], false, undefined];
    aws = await embedded({}, (services) => ({
      ...services,
      s3: (request) => {
        const query = request.url.searchParams;
        methods.push(`${request.method}${query.has('partNumber') ? ' part' : ''}`);
        if (broken && query.get('partNumber') === '2')
          throw new ServiceError(400, 'BadDigest', 'broken on purpose');
        return unexpected ?? services.s3!(request);
      },
    }));
  });
  afterEach(() => aws.stop());

  it('counts no object as stored that S3 did not confirm', async () => {
    unexpected = { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Sign in</html>' };
    await expect(aws.bucket.put('some/file.csv', 'a,b')).rejects.toMatchObject({
      name: 'UnexpectedAnswer',
      message: 'S3 answered without the ETag of the stored object',
    });
  });

  it('writes a small upload with one request', async () => {
    const upload = aws.bucket.upload('some/file.csv', 'text/csv');
    await upload.write('a,');
    await upload.write('b\n');
    await upload.complete();
    expect(aws.object('some/file.csv').toString()).toBe('a,b\n');
    expect(methods).toEqual(['PUT']);
  });

  it('writes a large upload in parts, and the object appears only when it is complete', async () => {
    const upload = aws.bucket.upload('large.csv', 'text/csv');
    // Longer than a part, two bytes per letter, each line different: parts end within lines.
    const lines = Array.from({ length: 3 }, (_, index) => `${index}${'ü'.repeat(4 * MEBIBYTE)}\n`);
    for (const line of lines) await upload.write(line);
    expect(() => aws.object('large.csv')).toThrow('ENOENT');
    await upload.complete();
    expect(aws.object('large.csv').equals(Buffer.from(lines.join('')))).toBe(true);
    expect(methods).toEqual(['POST', ...Array.from({ length: 4 }, () => 'PUT part'), 'POST']);
  });

  it('leaves nothing behind when an upload is aborted', async () => {
    const upload = aws.bucket.upload('large.csv', 'text/csv');
    for (let written = 0; written < 9; written++) await upload.write('x'.repeat(MEBIBYTE));
    await upload.abort();
    expect(methods.at(-1)).toBe('DELETE');
    const uploads = aws.folder('.uploads');
    expect(existsSync(uploads) ? readdirSync(uploads).filter((name) => UUID.test(name)) : []).toEqual([]);
  });

  it('throws the error of a part that could not be uploaded', async () => {
    broken = true;
    const upload = aws.bucket.upload('large.csv', 'text/csv');
    const write = async () => {
      for (let written = 0; written < 40; written++) await upload.write('x'.repeat(MEBIBYTE));
      await upload.complete();
    };
    await expect(write()).rejects.toThrow('broken on purpose');
    expect(() => aws.object('large.csv')).toThrow('ENOENT');
  });

  it('reads the lines of an object that is larger than a range, wherever the ranges end', async () => {
    // Two bytes per letter after one odd byte: a range ends within a letter.
    const lines = Array.from({ length: 9 }, (_, index) => `${index}${'ü'.repeat(MEBIBYTE)}`);
    await aws.bucket.put('lines', lines.join('\n'));
    const read: string[] = [];
    for await (const line of aws.bucket.lines('lines')) read.push(line);
    expect(read).toEqual(lines);
    expect(methods.filter((method) => method === 'GET')).toHaveLength(10);
  });

  it('stops reading an object that was replaced', async () => {
    await aws.bucket.put('lines', `${'x'.repeat(1000)}\n`.repeat(20_000));
    const lines = aws.bucket.lines('lines');
    await lines.next();
    await aws.bucket.put('lines', 'something else');
    const readRest = async () => {
      for await (const line of lines) expect(line).toHaveLength(1000);
    };
    await expect(readRest()).rejects.toMatchObject({ name: 'PreconditionFailed' });
  });

  it('lists objects across pages, and returns undefined for a missing object', async () => {
    for (let number = 0; number < 1_005; number++) {
      const folder = join(aws.folder('reports'), 'runs', String(10_000 + number));
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'x'), 'abc');
    }
    await aws.bucket.put('runs/10000/y', 'a');
    expect(await aws.bucket.list('runs/')).toHaveLength(1_006);
    expect((await aws.bucket.list('runs/')).slice(0, 3)).toEqual([
      'runs/10000/x',
      'runs/10000/y',
      'runs/10001/x',
    ]);
    const sizes = [...(await aws.bucket.objects('runs/10000/'))].map(([key, { bytes }]) => [key, bytes]);
    expect(sizes).toEqual([
      ['runs/10000/x', 3],
      ['runs/10000/y', 1],
    ]);
    expect(await aws.bucket.get('runs/none')).toBeUndefined();
  });
});

it('gives the client bytes instead of text, so that text is converted once', async () => {
  const send = jest.fn<Promise<{ ETag: string }>, [PutObjectCommand]>().mockResolvedValue({ ETag: '"1"' });
  const bucket = new ReportBucket({ send } as unknown as S3Client, { name: 'b', owner: '1', prefix: '' });
  await bucket.putJson('some/file.json', { naïve: true });
  await bucket.put('some/file.csv', Buffer.from('a,b'));
  const bodies = send.mock.calls.map(([command]) => command.input.Body);
  expect(bodies).toEqual([Buffer.from('{"naïve":true}'), Buffer.from('a,b')]);
});
