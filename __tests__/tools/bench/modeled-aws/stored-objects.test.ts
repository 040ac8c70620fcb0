import { createHash } from 'node:crypto';
import { StoredObjects } from '../../../../tools/bench/modeled-aws/stored-objects';

const at = (Key: string) => ({ Bucket: 'reports', Key });

/** The name of the error that a call throws. */
function errorOf(call: () => unknown): string | undefined {
  try {
    call();
  } catch (error) {
    return (error as Error).name;
  }
  return undefined;
}

describe('stored objects', () => {
  const objects = new StoredObjects();
  const keys = Array.from({ length: 2_500 }, (_, index) => `runs/a/${String(index).padStart(5, '0')}.json`);
  for (const key of [...keys].reverse()) objects.put({ ...at(key), Body: key });
  objects.put({ ...at('runs/b/ledger.json'), Body: '{}' });

  it('are listed below a prefix, in pages, each once and in order', () => {
    const found: string[] = [];
    let page: ReturnType<StoredObjects['list']> | undefined;
    do {
      page = objects.list({
        Bucket: 'reports',
        Prefix: 'runs/a/',
        ContinuationToken: page?.NextContinuationToken,
      });
      found.push(...page.Contents.map(({ Key }) => Key));
    } while (page.IsTruncated);
    expect(found).toEqual(keys);
  });

  it('are listed as folders up to a delimiter', () => {
    const { CommonPrefixes, Contents } = objects.list({ Bucket: 'reports', Prefix: 'runs/', Delimiter: '/' });
    expect(CommonPrefixes).toEqual([{ Prefix: 'runs/a/' }, { Prefix: 'runs/b/' }]);
    expect(Contents).toEqual([]);
  });

  it('are returned in ranges', async () => {
    const { Body, ContentRange } = objects.get({ ...at(keys[0]!), Range: 'bytes=0-3' });
    expect([await Body.transformToString(), ContentRange]).toEqual(['runs', 'bytes 0-3/17']);
  });

  it('are not replaced by a write that does not name their version', () => {
    const { ETag } = objects.put({ ...at('outcomes'), Body: '1', IfNoneMatch: '*' });
    expect(() => objects.put({ ...at('outcomes'), Body: '2', IfNoneMatch: '*' })).toThrow('outcomes');
    objects.put({ ...at('outcomes'), Body: '2', IfMatch: ETag });
    expect(() => objects.put({ ...at('outcomes'), Body: '3', IfMatch: ETag })).toThrow('outcomes');
    expect(objects.text('outcomes')).toBe('2');
  });

  it('are refused if their checksum is that of other content', () => {
    const ChecksumSHA256 = createHash('sha256').update('right').digest('base64');
    const put = (Body: string) => objects.put({ ...at('report'), Body, ChecksumSHA256 });
    expect(errorOf(() => put('wrong'))).toBe('BadDigest');
    expect(objects.has('report')).toBe(false);
    put('right');
    expect(objects.text('report')).toBe('right');
  });

  it('are listed with the size and the ETag that the write returned', () => {
    const { ETag } = objects.put({ ...at('listed'), Body: 'four' });
    const { Contents } = objects.list({ Bucket: 'reports', Prefix: 'listed', MaxKeys: 1 });
    expect(Contents).toMatchObject([{ Key: 'listed', Size: 4, ETag }]);
    expect(Contents[0]?.LastModified).toBeInstanceOf(Date);
  });

  it('have another version after each write, and only the latest can be read', () => {
    const one = objects.put({ ...at('version'), Body: '1' });
    const two = objects.put({ ...at('version'), Body: '2' });
    expect(errorOf(() => objects.get({ ...at('version'), VersionId: one.VersionId }))).toBe('NoSuchVersion');
    expect(errorOf(() => objects.get({ ...at('version'), IfMatch: one.ETag }))).toBe('PreconditionFailed');
    expect(objects.get({ ...at('version'), VersionId: two.VersionId, IfMatch: two.ETag }).ETag).toBe(
      two.ETag,
    );
  });

  it('are copied from the key that the client encoded', () => {
    objects.put({ ...at('runs/a b/table.csv'), Body: 'rows' });
    const CopySource = ['reports', 'runs', 'a b', 'table.csv'].map(encodeURIComponent).join('/');
    objects.copy({ ...at('day/table.csv'), CopySource });
    expect(objects.text('day/table.csv')).toBe('rows');
  });

  it('are assembled from parts, even if the buffer of a part is reused', () => {
    const part = Buffer.from('one');
    objects.append({ ...at('whole'), UploadId: 'whole', PartNumber: 1, Body: part });
    part.write('two');
    objects.append({ ...at('whole'), UploadId: 'whole', PartNumber: 2, Body: part });
    expect(objects.text('whole')).toBe('onetwo');
  });
});
