import { gzipSync } from 'node:zlib';
import { keys, runOf } from '../../../../handlers/shared/bucket-layout';
import { model } from '../../../../tools/bench/model';
import { chargeOf } from '../../../../tools/bench/modeled-aws/charges';

const DATE = '2026-11-22';
const run = runOf(DATE, 'run');
const manifest = keys.manifest('prod', 1);

/** One object of each kind that there is. */
const examples: Record<keyof typeof keys, string> = {
  report: keys.report(DATE, '111111111111'),
  serviceCredentials: keys.serviceCredentials(DATE, '111111111111'),
  ledger: keys.ledger(run),
  exemptions: keys.exemptions(run),
  directory: keys.directory('prod'),
  ownersFile: keys.ownersFile,
  batch: keys.batch(run, 1),
  outcomes: keys.outcomes(run, 1),
  reviews: keys.reviews(run, 1, 0),
  runFile: keys.runFile(run, 'made', 'snapshot.jsonl'),
  view: keys.view(run),
  manifest,
  signature: keys.signature(manifest, 'key'),
  publicKey: keys.publicKey('key'),
  ocsf: keys.ocsf(run),
  day: keys.day(DATE, 'index.html'),
  partition: keys.partition('findings', DATE),
};

describe('the model charges CPU time', () => {
  it.each(Object.entries(examples))('for every kind of object that is written or read: %s', (_kind, key) => {
    const { written, read } = chargeOf(key);
    expect(written(Buffer.alloc(2 ** 20))).toBeGreaterThan(0);
    expect(read(Buffer.from('{"1":"report"}'))).toBeGreaterThan(0);
  });

  it('for the data of a page by their size before they were compressed', () => {
    const outputs = (size: number) => {
      const data = size === 0 ? '' : gzipSync(Buffer.alloc(size)).toString('base64');
      return Buffer.from(JSON.stringify({ page: `<script type="text/plain" id="data"> ${data} </script>` }));
    };
    const { written } = chargeOf(keys.runFile(run, 'made', 'outputs.json'));
    expect(written(outputs(2 ** 20)) - written(outputs(0))).toBeCloseTo(model.cpuMs.perMibOfPageData, 0);
  });

  it('for every review, besides its text', () => {
    const { written, read } = chargeOf(examples.reviews);
    const [lines, text] = [Buffer.from('review\n'.repeat(1_000)), Buffer.alloc(7_000)];
    expect(written(lines) - written(text)).toBeCloseTo(1_000 * model.cpuMs.perReview);
    expect(read(lines) - read(text)).toBeCloseTo(1_000 * model.cpuMs.perJoin);
  });

  it('for nothing else, so that a new kind of object cannot be free by mistake', () => {
    expect(() => chargeOf('parts/1.json')).toThrow('charges no CPU time for parts/1.json');
    expect(() => chargeOf('2026-11-22/credentialReport_1.csv')).toThrow('charges no CPU time');
  });
});
