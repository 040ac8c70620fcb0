/** Every rule about what is stored can be broken: each test changes the bucket, or what was told, on purpose. */
import { keys, runOf } from '../../../handlers/shared/bucket-layout';
import { stateRules } from '../../../tools/faults/broken-rules';
import type { Run } from '../../../tools/faults/faulty-run';
import { replayRules } from '../../../tools/faults/replay-rules';
import { type RunFiles, manifestsIn, readRun } from '../../../tools/faults/run-files';
import { Simulation } from '../../../tools/faults/simulation';
import { noFaults } from './no-faults';

let simulation: Simulation;
let runs: Run[];
let files: RunFiles;

/** A run of the morning, and one in which the report of the last account cannot be stored. */
async function twoRunsOfADay() {
  jest.spyOn(console, 'log').mockReturnValue(undefined);
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  const faults = [{ call: 's3:PutReport', kind: 'denied', account: 2, after: 0, times: Infinity }] as const;
  simulation = new Simulation({
    ...noFaults,
    accounts: 3,
    batchSize: 3,
    signing: true,
    versions: true,
    faults: [...faults],
  });
  runs = await simulation.run(['morning'], { faulty: false });
  runs.push(...(await simulation.run(['noon'], { faulty: true })));
  const found = readRun(simulation.bucket, runs[1]!);
  if (!found) throw new Error('the run failed');
  files = found;
}
afterEach(() => jest.restoreAllMocks());

const broken = () => [...new Set(stateRules(simulation, runs).map(({ rule }) => rule))];
const edit = (key: string, change: (text: string) => string) => {
  simulation.bucket.tamper(key, Buffer.from(change(simulation.bucket.text(key))));
};
const remove = (key: string) => {
  simulation.bucket.tamper(key, undefined);
};
const fileOf = (name: string) => files.manifest.files.find(({ key }) => key.endsWith(`/${name}`))?.key ?? '';
const date = () => files.manifest.date;
const signature = (key: string) =>
  simulation.bucket.keysBelow(key.replace('json', '')).find((one) => one.endsWith('.sig'))!;
const firstReport = () => keys.report(date(), files.manifest.accounts[0]!.id);

const broke: [rule: string, what: string, change: () => void][] = [
  [
    'the report of a collected account stays: as the object, as its version, or replaced by another run of the day',
    'a report was replaced',
    () => {
      edit(firstReport(), () => 'garbage');
    },
  ],
  [
    'a collected account has its report in the bucket, byte for byte',
    'a manifest names another hash',
    () => {
      edit(files.key, (text) => text.replaceAll(/"sha256":"[0-9a-f]{4}/g, '"sha256":"0000'));
    },
  ],
  [
    'the manifest has the hash of the report that was collected',
    'an outcome was edited',
    () => {
      edit(keys.outcomes(files.run, 1), (text) => text.replace(/"sha256":"[0-9a-f]{4}/, '"sha256":"0000'));
    },
  ],
  [
    'in a bucket with versions, every report can be verified',
    'a manifest says that a report cannot be verified',
    () => {
      edit(files.key, (text) => text.replace('"verified"', '"superseded-not-verifiable"'));
    },
  ],
  [
    'the list of a collected account stays: as the object, as its version, or replaced by another run of the day',
    'the manifest names a version of a list that does not exist',
    () => {
      edit(files.key, (text) => text.replace(/(service-credentials[^}]*"versionId":")[^"]+/, '$1none'));
    },
  ],
  [
    'a list is what IAM returned for its account',
    'a manifest names another list',
    () => {
      edit(files.key, (text) => text.replace(/(service-credentials[^}]*"sha256":")[0-9a-f]{4}/, '$10000'));
    },
  ],
  [
    'the manifest has the hash of the list that was collected',
    'the outcome of a list was edited',
    () => {
      edit(keys.outcomes(files.run, 1), (text) =>
        text.replace(/(service-credentials[^}]*"sha256":")[0-9a-f]{4}/, '$10000'),
      );
    },
  ],
  [
    'a collected account says what became of its list',
    'a manifest says nothing of a list',
    () => {
      edit(files.key, (text) => text.replaceAll('"serviceCredentials":{"outcome', '"was":{"outcome'));
    },
  ],
  [
    'the list of a collected account fails only if something went wrong with it',
    'a manifest says that a list failed',
    () => {
      edit(files.key, (text) =>
        text.replace(
          '"serviceCredentials":{"outcome":"collected"',
          '"serviceCredentials":{"outcome":"failed","reason":"denied","detail":""',
        ),
      );
    },
  ],
  [
    'manifests are numbered without a gap, and each has the hash of the one before',
    'a manifest was edited',
    () => {
      edit(keys.manifest('test', 1), (text) => text.replace('"complete":true', '"complete":false'));
    },
  ],
  [
    'manifests are numbered without a gap, and each has the hash of the one before',
    'a manifest was removed from the middle',
    () => {
      remove(keys.manifest('test', 1));
    },
  ],
  [
    'a run that succeeded has a manifest',
    'a manifest was removed from the end',
    () => {
      remove(files.key);
    },
  ],
  [
    'no run has two manifests',
    'a manifest was written twice',
    () => {
      simulation.bucket.tamper(keys.manifest('test', 3), simulation.bucket.object(files.key));
    },
  ],
  [
    'every file that a manifest names exists with its size and hash',
    'a table was edited',
    () => {
      edit(fileOf('findings.csv'), (text) => text.replace('fail', 'pass'));
    },
  ],
  [
    'every file that a manifest names exists with its size and hash',
    'the ledger was edited',
    () => {
      edit(keys.ledger(files.run), (text) => `${text} `);
    },
  ],
  [
    'SHA256SUMS has every file of the manifest and every verified report and list',
    'a line was removed',
    () => {
      edit(fileOf('SHA256SUMS'), (text) => text.replace(/.*\n/, ''));
    },
  ],
  [
    'a finished run has a view that names its manifest',
    'a view is gone',
    () => {
      remove(keys.view(files.run));
    },
  ],
  [
    'the view of a run names its page, with the right hash',
    'a page was edited',
    () => {
      edit(fileOf('outputs.json').replace('outputs.json', 'index.html'), (text) => `${text} `);
    },
  ],
  [
    'a run tells the hash of its manifest',
    'a manifest was edited',
    () => {
      edit(files.key, (text) => text.replace('"complete":false', '"complete":true'));
    },
  ],
  [
    'the snapshot has every collected account',
    'a snapshot was cut',
    () => {
      edit(fileOf('snapshot.jsonl'), (text) => text.slice(0, 200));
    },
  ],
  [
    'manifest and view are signed, or the digest says that they are not',
    'a signature is gone',
    () => {
      remove(signature(files.key));
    },
  ],
  [
    'manifest and view are signed, or the digest says that they are not',
    'the signature is that of another file',
    () => {
      simulation.bucket.tamper(
        signature(keys.view(files.run)),
        simulation.bucket.object(signature(files.key)),
      );
    },
  ],
  [
    'manifest and view are signed, or the digest says that they are not',
    'the public key is gone',
    () => {
      for (const key of simulation.bucket.keysBelow('signing-keys/')) remove(key);
    },
  ],
  [
    'the view of a day is that of the run that started last',
    'it is that of the first run',
    () => {
      const { manifest } = manifestsIn(simulation.bucket)[0]!;
      const table = manifest.files.find(({ key }) => key.endsWith('/findings.csv'))!;
      simulation.bucket.tamper(keys.day(date(), 'findings.csv'), simulation.bucket.object(table.key));
    },
  ],
  [
    'the view of a day is that of the run that started last',
    'its page was edited',
    () => {
      edit(keys.day(date(), 'index.html'), (text) => `${text} `);
    },
  ],
  [
    'a query finds every table of the date',
    'a table is named by its former place',
    () => {
      edit(keys.partition('findings', date()), (text) => text.replace(files.run, runOf(date(), 'morning')));
    },
  ],
  [
    'the table of a day has every row of every report of the newest run and of every report that is kept, and no other row',
    'a row is missing',
    () => {
      edit(keys.day(date(), 'credentials.csv'), (text) => text.replace(/\n.*,noon,.*\n/, '\n'));
    },
  ],
  [
    'an account that fails keeps the report that an earlier run of the day has collected',
    'a report was not kept',
    () => {
      edit(files.key, (text) => text.replace(/,"keptFrom":\{[^}]*\}/, ''));
    },
  ],
  [
    'the batches of a ledger have every expected account once, and those of the Map are open',
    'a batch has another nonce',
    () => {
      edit(keys.batch(files.run, 1), (text) => text.replace(/"nonce":"[0-9a-f]{4}/, '"nonce":"0000'));
    },
  ],
  [
    'a listing that is repeated adopts the ledger, although the organization has changed',
    'the second result differs',
    () => {
      runs[1]!.repeatedListings.push({ first: { expected: 3 }, again: { expected: 2 } });
    },
  ],
  [
    'a function fails only because of a fault',
    'a summary failed after KMS did',
    () => {
      const delivery = runs[1]!.deliveries.at(-1)!;
      delivery.error = new Error('not signed');
      runs[1]!.hits.push({ name: 'kms:Sign', kind: 'denied', key: '', delivery });
    },
  ],
  [
    'a function fails only because of a fault',
    'a summary failed after an earlier manifest could not be read',
    () => {
      const delivery = runs[1]!.deliveries.at(-1)!;
      delivery.error = new Error('not readable');
      runs[1]!.hits.push({ name: 's3:GetManifest', kind: 'denied', key: keys.manifest('test', 1), delivery });
    },
  ],
];

describe('two runs of a day', () => {
  beforeEach(() => twoRunsOfADay());

  it('break no rule', () => {
    expect(files.manifest.accounts).toContainEqual(
      expect.objectContaining({
        outcome: 'failed',
        keptFrom: expect.objectContaining({ execution: 'morning' }) as object,
      }),
    );
    expect(broken()).toEqual([]);
  });

  it.each(broke)('break the rule "%s" when %s', (rule, _what, change) => {
    change();
    expect(broken()).toContain(rule);
  });
});

describe('changes that do not add up', () => {
  it('break a rule', async () => {
    jest.spyOn(console, 'log').mockReturnValue(undefined);
    jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    simulation = new Simulation(noFaults);
    runs = await simulation.run(['sunday'], { faulty: false, daysAgo: 1 });
    runs.push(...(await simulation.run(['monday'], { faulty: false })));
    expect(broken()).toEqual([]);
    edit(keys.manifest('test', 2), (text) => text.replace(/"findingsNow":/, '"findingsNow":9'));
    expect(broken()).toContain(
      'changes add up, unless a fault hit the reading of the earlier run and the manifest says so',
    );
  });
});

describe('events of runs that have ended', () => {
  beforeEach(() => twoRunsOfADay());
  const replayed = async () => (await replayRules(simulation, runs)).map(({ rule }) => rule);

  it('break no rule', async () => {
    expect(await replayed()).toEqual([]);
  });

  it('break a rule when a run told something else', async () => {
    Object.assign((runs[1]!.result as { output: object }).output, { findings: 0 });
    expect(await replayed()).toEqual(['a finished run that is summarized again returns the same result']);
  });

  it('break a rule when a run told again changes something', async () => {
    edit(keys.day(date(), 'findings.csv'), () => '');
    expect(await replayed()).toEqual(['a finished run that is summarized again changes nothing']);
  });

  it('break a rule when an event is accepted', async () => {
    remove(keys.view(files.run));
    // The run would be told again, and finished by that.
    runs = [
      { ...runs[1]!, deliveries: runs[1]!.deliveries.filter((one) => one.function !== 'summarize-run') },
    ];
    expect(await replayed()).toEqual(['an event of a run that has ended is refused, and so is a forged one']);
  });
});
