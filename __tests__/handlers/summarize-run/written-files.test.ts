import { sha256Of } from '../../../handlers/shared/hash';
import { OtherContent, type Sources, WrittenFiles } from '../../../handlers/summarize-run/written-files';
import { ServiceError } from '../../../local/fake-aws/service';
import { type ReportStore, reportStore } from '../../support/report-store';

const RUN = '2026-11-22/run-1';
const object = { bytes: 9, etag: '"1"' };
const sources: Sources = {
  attempt: 0,
  productVersion: '1.2.3',
  ledger: 'ledger hash',
  outcomes: ['one', 'two'],
  collected: new Map([
    ['a', object],
    ['b', object],
  ]),
  earlier: ['before', 'morning'],
};

let store: ReportStore;
beforeEach(() => {
  store = reportStore();
});
const filesOf = (change: Partial<Sources> = {}, run = RUN) =>
  new WrittenFiles(store.bucket, run, { ...sources, ...change });
const keyOf = (change: Partial<Sources> = {}) => filesOf(change).key('outputs.json');

describe('the folder of the files of a summary', () => {
  it('belongs to its run, and is the same for the same sources', () => {
    expect(keyOf()).toMatch(/^runs\/2026-11-22\/run-1\/[0-9a-f]{16}\/outputs\.json$/);
    expect(keyOf({ collected: new Map(sources.collected), outcomes: ['one', 'two'] })).toBe(keyOf());
    expect(filesOf().key('snapshot.jsonl').replace('snapshot.jsonl', 'outputs.json')).toBe(keyOf());
  });

  it.each<[string, Partial<Sources>]>([
    ['another try', { attempt: 1 }],
    ['the version of the product', { productVersion: '1.2.4' }],
    ['the ledger', { ledger: 'other hash' }],
    ['an outcome', { outcomes: ['one', 'three'] }],
    ['the order of the outcomes', { outcomes: ['two', 'one'] }],
    ['the number of the outcomes', { outcomes: ['one'] }],
    ['an earlier run', { earlier: ['', 'morning'] }],
    ['a later run of the day', { earlier: ['before', 'morning', 'noon'] }],
    ['a report that is gone', { collected: new Map([['a', object]]) }],
    [
      'the key of a report',
      {
        collected: new Map([
          ['a', object],
          ['c', object],
        ]),
      },
    ],
    [
      'the size of a report',
      {
        collected: new Map([
          ['a', object],
          ['b', { ...object, bytes: 8 }],
        ]),
      },
    ],
    [
      'the content of a report',
      {
        collected: new Map([
          ['a', object],
          ['b', { ...object, etag: '"2"' }],
        ]),
      },
    ],
    [
      'what is an outcome and what is an earlier run',
      { outcomes: ['one'], earlier: ['two', 'before', 'morning'] },
    ],
  ])('is another one with another source: %s', (_what, change) => {
    expect(keyOf(change)).not.toBe(keyOf());
  });
});

describe('the files of a summary', () => {
  it('are listed with key, size and hash once they are complete', async () => {
    const files = filesOf();
    const upload = files.upload('snapshot.jsonl', 'application/jsonl');
    await upload.write('ä\n');
    await upload.write('b\n');
    expect(files.written).toEqual([]);
    await upload.complete();
    await files.put('SHA256SUMS', 'sümme', 'text/plain');
    expect(files.written).toEqual([
      { key: files.key('SHA256SUMS'), bytes: 6, sha256: sha256Of('sümme') },
      { key: files.key('snapshot.jsonl'), bytes: 5, sha256: sha256Of('ä\nb\n') },
    ]);
    for (const { key, sha256 } of files.written) expect(sha256Of(store.s3.objects.get(key)!)).toBe(sha256);
  });

  it('have their content type', async () => {
    const files = filesOf();
    const upload = files.upload('snapshot.jsonl', 'application/jsonl');
    await upload.complete();
    await files.put('outputs.json', '{}', 'application/json');
    const types = files.written.map(({ key }) => store.s3.headersOf(key)['content-type']);
    expect(types).toEqual(['application/json', 'application/jsonl']);
  });

  it.each(['', 'a line\n'])('are listed if another try has written the same bytes: %j', async (text) => {
    const [one, other] = [filesOf(), filesOf()];
    for (const files of [one, other]) {
      const upload = files.upload('snapshot.jsonl', 'application/jsonl');
      await upload.write(text);
      await upload.complete();
      await files.put('SHA256SUMS', text, 'text/plain');
    }
    expect(other.written).toEqual(one.written);
    expect(store.s3.written).toHaveLength(2);
  });

  it.each([
    ['of the same size', 'b line\n'],
    ['of another size', 'longer line\n'],
  ])('never replace other bytes %s', async (_what, text) => {
    const [one, other] = [filesOf(), filesOf()];
    await one.put('outputs.json', 'a line\n', 'text/plain');
    await expect(other.put('outputs.json', text, 'text/plain')).rejects.toBeInstanceOf(OtherContent);
    const upload = other.upload('outputs.json', 'text/plain');
    await upload.write(text);
    await expect(upload.complete()).rejects.toBeInstanceOf(OtherContent);
    expect(other.written).toEqual([]);
    expect(store.s3.text(one.key('outputs.json'))).toBe('a line\n');
  });

  it('do not appear, and are not listed, if they are given up', async () => {
    const files = filesOf();
    const upload = files.upload('snapshot.jsonl', 'application/jsonl');
    await upload.write('a'.repeat(9 * 1024 * 1024));
    await upload.abort();
    // Parts that nobody removes are paid for.
    expect(store.s3.calls.map(({ method }) => method)).toEqual(['POST', 'PUT', 'DELETE']);
    expect(files.written).toEqual([]);
    expect(store.s3.objects.size).toBe(0);
  });

  it('are not listed if S3 refuses them', async () => {
    const files = filesOf();
    store.s3.onCall = () => {
      throw new ServiceError(403, 'AccessDenied', 'denied by the test');
    };
    await expect(files.put('outputs.json', '{}', 'application/json')).rejects.toThrow('denied by the test');
    await expect(files.upload('snapshot.jsonl', 'text/plain').complete()).rejects.toThrow('denied');
    expect(files.written).toEqual([]);
  });

  it('are refused by S3 if they arrive damaged: their hash is sent with them', async () => {
    await filesOf().put('outputs.json', '{}', 'application/json');
    const [call] = store.s3.calls;
    expect(call?.headers['x-amz-checksum-sha256']).toBe(
      Buffer.from(sha256Of('{}'), 'hex').toString('base64'),
    );
  });
});
