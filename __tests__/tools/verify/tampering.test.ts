/** What verification says about each kind of tampering. */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '../../../handlers/core/manifest';
import { temporaryFolder } from '../../../tools/support/embedded';
import { Evidence, newSigningKey } from '../../support/evidence';
import { accountId } from '../../support/stored-run';
import { verified } from '../../support/verified';

const { folder, remove } = temporaryFolder();
afterAll(remove);

const key = newSigningKey('key-1');
const intact = {
  plain: new Evidence(join(folder, 'plain')),
  signed: new Evidence(join(folder, 'signed'), { signing: key }),
};
for (const evidence of Object.values(intact))
  for (const date of ['2026-11-01', '2026-11-02', '2026-11-03']) evidence.run({ date });

let copies = 0;
function copyOf(kind: keyof typeof intact): string {
  const copy = join(folder, `copy-${copies++}`);
  cpSync(join(folder, kind), copy, { recursive: true });
  return copy;
}

const [, second, third] = intact.plain.recorded as [Stored, Stored, Stored];
type Stored = (typeof intact.plain.recorded)[number];
const report = `2026-11-02/credentialReport_${accountId(1)}.csv`;
const manifest = (number: number) => `manifests/production/0000000${number}.json`;

const edit = (copy: string, file: string, change: (text: string) => string) => {
  writeFileSync(join(copy, file), change(readFileSync(join(copy, file), 'utf8')));
};
const drop = (copy: string, ...files: string[]) => {
  for (const file of files) rmSync(join(copy, file), { recursive: true });
};

const RIGHT = {
  1: '2026-11-01  verified    1 run, 3 reports, 20 files',
  2: '2026-11-02  verified    1 run, 3 reports, 20 files',
  3: '2026-11-03  verified    1 run, 3 reports, 20 files',
};

/** What is printed of chain, days and totals, without hashes. */
const told = ({ lines }: { lines: string[] }) =>
  lines
    .filter(
      (line) =>
        !/^(production:|  newest:|A chain alone|Nothing is signed|Signatures were checked)/.test(line),
    )
    .map((line) => line.replaceAll(/[0-9a-f]{64}/g, 'HASH'));

/** Edits that are found without any signature: what is changed, and every line that is printed. */
const found: Record<string, [change: (copy: string) => void, lines: string[]]> = {
  'a report that was cut': [
    (copy) => {
      edit(copy, report, (text) => text.slice(0, 10));
    },
    [
      RIGHT[1],
      '2026-11-02  altered     1 run, 2 reports, 20 files; 1 altered',
      `  altered     ${report}: it has 10 bytes, not 24: the current object is not evidence of any run`,
      RIGHT[3],
      'Not as recorded: 3 days, 3 runs, 8 reports, 60 files; 1 altered',
    ],
  ],
  'a report that was replaced by one of the same size': [
    (copy) => {
      edit(copy, report, (text) => text.replace('1', '2'));
    },
    [
      RIGHT[1],
      '2026-11-02  altered     1 run, 2 reports, 20 files; 1 altered',
      `  altered     ${report}: its SHA-256 is HASH, not HASH: the current object is not evidence of any run`,
      RIGHT[3],
      'Not as recorded: 3 days, 3 runs, 8 reports, 60 files; 1 altered',
    ],
  ],
  'a report that was deleted': [
    (copy) => {
      drop(copy, report);
    },
    [
      RIGHT[1],
      '2026-11-02  missing     1 run, 2 reports, 20 files; 1 missing',
      `  missing     ${report}: it does not exist`,
      RIGHT[3],
      'Not as recorded: 3 days, 3 runs, 8 reports, 60 files; 1 missing',
    ],
  ],
  'a ledger that was edited': [
    (copy) => {
      edit(copy, `ledgers/${second.run}/ledger.json`, (text) => text.replace('production', 'producti0n'));
    },
    [
      RIGHT[1],
      '2026-11-02  altered     1 run, 3 reports, 19 files; 1 altered',
      `  altered     ledgers/${second.run}/ledger.json: its SHA-256 is HASH, not HASH`,
      RIGHT[3],
      'Not as recorded: 3 days, 3 runs, 9 reports, 59 files; 1 altered',
    ],
  ],
  'a snapshot that was edited': [
    (copy) => {
      edit(copy, second.fileOf('snapshot.jsonl'), (text) => text.replace('snapshot', 'snapsh0t'));
    },
    [
      RIGHT[1],
      '2026-11-02  altered     1 run, 3 reports, 19 files; 1 altered',
      `  altered     ${second.fileOf('snapshot.jsonl')}: its SHA-256 is HASH, not HASH`,
      RIGHT[3],
      'Not as recorded: 3 days, 3 runs, 9 reports, 59 files; 1 altered',
    ],
  ],
  'a page that was edited': [
    (copy) => {
      edit(copy, second.fileOf('index.html'), (text) => `${text}!`);
    },
    [
      RIGHT[1],
      '2026-11-02  altered     1 run, 3 reports, 19 files; 1 altered',
      `  altered     ${second.fileOf('index.html')}: it has ${second.view.page.bytes + 1} bytes, not ${second.view.page.bytes}`,
      RIGHT[3],
      'Not as recorded: 3 days, 3 runs, 9 reports, 59 files; 1 altered',
    ],
  ],
  'a page of the day that was edited': [
    (copy) => {
      edit(copy, 'organization/2026-11-02/index.html', (text) => `${text}!`);
    },
    [
      RIGHT[1],
      '2026-11-02  altered     1 run, 3 reports, 19 files; 1 altered',
      `  altered     organization/2026-11-02/index.html: it has ${second.view.dayPage.bytes + 1} bytes, not ${second.view.dayPage.bytes}`,
      RIGHT[3],
      'Not as recorded: 3 days, 3 runs, 9 reports, 59 files; 1 altered',
    ],
  ],
  'findings of the day that were edited': [
    (copy) => {
      edit(copy, 'organization/2026-11-02/findings.csv', (text) => `${text}!`);
    },
    [
      RIGHT[1],
      '2026-11-02  altered     1 run, 3 reports, 19 files; 1 altered',
      expect.stringMatching(
        /^ {2}altered {5}organization\/2026-11-02\/findings\.csv: it has \d+ bytes, not \d+$/,
      ),
      RIGHT[3],
      'Not as recorded: 3 days, 3 runs, 9 reports, 59 files; 1 altered',
    ],
  ],
  'a table that queries read from elsewhere': [
    (copy) => {
      edit(copy, 'tables/findings/2026-11-02/symlink.txt', () => 's3://reports/organization/other.csv\n');
    },
    [
      RIGHT[1],
      '2026-11-02  altered     1 run, 3 reports, 19 files; 1 altered',
      `  altered     tables/findings/2026-11-02/symlink.txt: queries read "s3://reports/organization/other.csv", not ${second.fileOf('findings.csv')}`,
      RIGHT[3],
      'Not as recorded: 3 days, 3 runs, 9 reports, 59 files; 1 altered',
    ],
  ],
  'a table that queries read from two places': [
    (copy) => {
      edit(copy, 'tables/findings/2026-11-02/symlink.txt', (text) => `s3://reports/other.csv\n${text}`);
    },
    [
      RIGHT[1],
      '2026-11-02  altered     1 run, 3 reports, 19 files; 1 altered',
      expect.stringContaining('queries read "s3://reports/other.csv\\ns3://reports/runs/'),
      RIGHT[3],
      'Not as recorded: 3 days, 3 runs, 9 reports, 59 files; 1 altered',
    ],
  ],
  'a table of the day that was deleted': [
    (copy) => {
      drop(copy, 'organization/2026-11-02/findings.csv');
    },
    [
      RIGHT[1],
      '2026-11-02  missing     1 run, 3 reports, 19 files; 1 missing',
      '  missing     organization/2026-11-02/findings.csv: it does not exist',
      RIGHT[3],
      'Not as recorded: 3 days, 3 runs, 9 reports, 59 files; 1 missing',
    ],
  ],
  'a view that was deleted': [
    (copy) => {
      drop(copy, `runs/${second.run}/view.json`);
    },
    [
      RIGHT[1],
      // Without view, there is no hash of the two pages.
      '2026-11-02  missing     1 run, 3 reports, 17 files; 1 missing, 1 additional',
      `  missing     runs/${second.run}/view.json: it does not exist, so nothing proves the page`,
      `  additional  ${second.fileOf('index.html')}: no manifest names it`,
      RIGHT[3],
      'Not as recorded: 3 days, 3 runs, 9 reports, 57 files; 1 missing, 1 additional',
    ],
  ],
  'a manifest that was edited': [
    (copy) => {
      edit(copy, manifest(2), (text) => text.replace('"complete":true', '"complete":false'));
    },
    [
      `  altered     ${manifest(2)}: its SHA-256 is HASH, but manifest 3 names HASH`,
      RIGHT[1],
      '2026-11-02  altered     1 run, 3 reports, 20 files; 1 altered',
      `  altered     ${manifest(2)}: its SHA-256 is HASH, but runs/${second.run}/view.json names ${manifest(2)} with HASH`,
      RIGHT[3],
      'Not as recorded: 3 days, 3 runs, 9 reports, 60 files; 2 altered',
    ],
  ],
  'the newest manifest, edited': [
    (copy) => {
      edit(copy, manifest(3), (text) => text.replace('"complete":true', '"complete":false'));
    },
    [
      RIGHT[1],
      RIGHT[2],
      '2026-11-03  altered     1 run, 3 reports, 20 files; 1 altered',
      `  altered     ${manifest(3)}: its SHA-256 is HASH, but runs/${third.run}/view.json names ${manifest(3)} with HASH`,
      'Not as recorded: 3 days, 3 runs, 9 reports, 60 files; 1 altered',
    ],
  ],
  'a manifest that is empty': [
    (copy) => {
      edit(copy, manifest(3), () => '');
    },
    [
      `  altered     ${manifest(3)}: its 0 bytes are not JSON`,
      RIGHT[1],
      RIGHT[2],
      '2026-11-03  missing     0 runs, 0 reports, 0 files; 1 missing, 13 unfinished',
      `  missing     runs/${third.run}/: the manifest of this run is not in the chain, but its view exists`,
      `  unfinished  2026-11-03/credentialReport_${accountId(1)}.csv: stored by ${third.run}, which has no manifest`,
      `  unfinished  2026-11-03/credentialReport_${accountId(2)}.csv: stored by ${third.run}, which has no manifest`,
      `  unfinished  2026-11-03/credentialReport_${accountId(3)}.csv: stored by ${third.run}, which has no manifest`,
      `  unfinished  outcomes/${third.run}/00001.json: ${third.run} has no manifest`,
      expect.stringMatching(/^ {2}unfinished {2}runs\//) as string,
      '  unfinished  and 8 more, which --json has',
      'Not as recorded: 3 days, 2 runs, 6 reports, 40 files; 1 altered, 1 missing, 13 unfinished',
    ],
  ],
  'a manifest that was replaced by an older one': [
    (copy) => {
      cpSync(join(copy, manifest(1)), join(copy, manifest(2)));
    },
    [
      `  altered     ${manifest(2)}: it is manifest 1, not 2`,
      `  altered     ${manifest(2)}: fork: it names nothing before it, not ${manifest(1)}`,
      `  altered     ${manifest(2)}: its SHA-256 is HASH, but manifest 3 names HASH`,
      `  altered     ${manifest(2)}: fork: 2026-11-01/run-2026-11-01 is manifest 1 already`,
      '2026-11-01  verified    2 runs, 6 reports, 31 files',
      expect.stringMatching(
        /^2026-11-02 {2}missing {5}0 runs, 0 reports, 0 files; 1 missing, 13 unfinished$/,
      ) as string,
      `  missing     runs/${second.run}/: the manifest of this run is not in the chain, but its view exists`,
      ...Array.from({ length: 5 }, () => expect.stringMatching(/^ {2}unfinished /) as string),
      '  unfinished  and 8 more, which --json has',
      RIGHT[3],
      'Not as recorded: 3 days, 3 runs, 9 reports, 51 files; 4 altered, 1 missing, 13 unfinished',
    ],
  ],
  'a manifest that was deleted from the middle': [
    (copy) => {
      drop(copy, manifest(2));
    },
    [
      `  missing     ${manifest(2)}: gap in the chain: manifest 2 of ${second.run}`,
      RIGHT[1],
      '2026-11-02  missing     0 runs, 0 reports, 0 files; 1 missing, 13 unfinished',
      `  missing     runs/${second.run}/: the manifest of this run is not in the chain, but it was manifest 2`,
      ...Array.from({ length: 5 }, () => expect.stringMatching(/^ {2}unfinished /) as string),
      '  unfinished  and 8 more, which --json has',
      RIGHT[3],
      'Not as recorded: 3 days, 2 runs, 6 reports, 40 files; 2 missing, 13 unfinished',
    ],
  ],
  'a day that was removed from the middle without a trace': [
    (copy) => {
      drop(
        copy,
        manifest(2),
        '2026-11-02',
        `runs/2026-11-02`,
        'outcomes/2026-11-02',
        'organization/2026-11-02',
      );
    },
    [
      `  missing     ${manifest(2)}: gap in the chain: manifest 2 of ${second.run}`,
      RIGHT[1],
      '2026-11-02  missing     0 runs, 0 reports, 0 files; 1 missing',
      `  missing     runs/${second.run}/: the manifest of this run is not in the chain, but it was manifest 2`,
      RIGHT[3],
      'Not as recorded: 3 days, 2 runs, 6 reports, 40 files; 2 missing',
    ],
  ],
};

describe('verification', () => {
  it('says of intact evidence that it is verified, and what it cannot show', async () => {
    expect(await verified(join(folder, 'plain'))).toEqual({
      lines: [
        'production: 3 manifests, 2026-11-01 to 2026-11-03',
        `  newest: ${manifest(3)}, SHA-256 ${third.manifest.sha256}`,
        RIGHT[1],
        RIGHT[2],
        RIGHT[3],
        'Verified: 3 days, 3 runs, 9 reports, 60 files',
        'A chain alone cannot show that its newest manifests were removed or rewritten: use --expect-head HASH with the hash in a digest',
        'Nothing is signed: whoever can write every object can make another chain',
      ],
      exitCode: 0,
    });
  });

  it.each(Object.entries(found))('finds %s', async (_, [change, lines]) => {
    const copy = copyOf('plain');
    change(copy);
    const result = await verified(copy);
    expect(told(result)).toEqual(lines);
    expect(result.exitCode).toBe(1);
  });

  it('tells objects that no manifest names, which change no verdict', async () => {
    const copy = copyOf('plain');
    const added = `2026-11-02/credentialReport_${accountId(9)}.csv`;
    const otherTry = `runs/${second.run}/0123456789abcdef/credentials.csv`;
    const outcomes = `outcomes/${second.run}/00002.json`;
    const inFolder = second.fileOf('SHA256SUMS').replace('SHA256SUMS', 'notes.txt');
    const other = 'manifests/production/latest.json';
    mkdirSync(join(copy, `runs/${second.run}/0123456789abcdef`));
    for (const file of [added, otherTry, outcomes, inFolder, other]) writeFileSync(join(copy, file), 'added');
    const result = await verified(copy);
    expect(told(result)).toEqual([
      `  additional  ${other}: neither a manifest nor the signature of one`,
      RIGHT[1],
      '2026-11-02  verified    1 run, 3 reports, 20 files; 3 additional, 1 left over',
      `  additional  ${added}: no manifest names it`,
      `  additional  ${outcomes}: no manifest names it`,
      `  additional  ${inFolder}: no manifest names it`,
      `  left over   ${otherTry}: of another try of ${second.run}`,
      RIGHT[3],
      'Verified: 3 days, 3 runs, 9 reports, 60 files; 4 additional, 1 left over',
    ]);
    expect(result.exitCode).toBe(0);
  });

  it('prints a line for each finding, whatever is in a key', async () => {
    const copy = copyOf('plain');
    writeFileSync(join(copy, '2026-11-02', '\n2026-11-02  verified\u001b[2K\u202e'), '');
    expect(told(await verified(copy))[2]).toBe(
      '  additional  2026-11-02/?2026-11-02  verified?[2K?: no manifest names it',
    );
  });

  it('sees that the newest day was removed only by the hash in a digest', async () => {
    const copy = copyOf('plain');
    drop(
      copy,
      manifest(3),
      ...['', 'runs/', 'outcomes/', 'ledgers/', 'organization/'].map((kind) => `${kind}2026-11-03`),
    );
    expect(await verified(copy)).toMatchObject({ exitCode: 0 });
    const result = await verified(copy, { expectHead: third.manifest.sha256 });
    expect(told(result)).toEqual([
      `  missing     ${manifest(2)}: no manifest up to this one has the hash HASH: the end of the chain was removed or rewritten, or the hash is of another environment or bucket`,
      RIGHT[1],
      RIGHT[2],
      'Not as recorded: 2 days, 2 runs, 6 reports, 40 files; 1 missing',
    ]);
    expect(result.exitCode).toBe(1);
  });

  it('says how many manifests came after the expected one', async () => {
    const result = await verified(join(folder, 'plain'), { expectHead: second.manifest.sha256 });
    expect(told(result)).toContain('  expected: manifest 2; 1 manifest came after it');
    expect(result.lines.at(-1)).toBe(
      'Nothing is signed: whoever can write every object can make another chain',
    );
    expect(result.lines.join('\n')).not.toContain('A chain alone');
    expect(result.exitCode).toBe(0);
  });

  it('reads nothing outside the folder, whatever a manifest names', async () => {
    const copy = copyOf('plain');
    writeFileSync(join(copy, '..', 'outside'), '');
    edit(copy, manifest(3), (text) => {
      const content = JSON.parse(text) as Manifest;
      content.files[0]!.key = '../outside';
      return JSON.stringify(content);
    });
    expect(told(await verified(copy))).toContain('  missing     ../outside: it does not exist');
  });
});

describe('verification with --public-key', () => {
  const publicKeys = [key.publicKey];
  const view = `runs/${second.run}/view`;

  it('says of evidence that this key signed that it is verified', async () => {
    const result = await verified(join(folder, 'signed'), { publicKeys });
    expect(told(result)).toEqual([
      RIGHT[1],
      RIGHT[2],
      RIGHT[3],
      'Verified: 3 days, 3 runs, 9 reports, 60 files',
    ]);
    expect(result.exitCode).toBe(0);
  });

  it('accepts signatures of former keys that are given too', async () => {
    const publicKeysOfYears = [newSigningKey('key-2').publicKey, key.publicKey];
    expect(await verified(join(folder, 'signed'), { publicKeys: publicKeysOfYears })).toMatchObject({
      exitCode: 0,
    });
  });

  const day = (status: string, counts = `1 ${status}`) =>
    `2026-11-02  ${status.padEnd(11)} 1 run, 3 reports, 20 files; ${counts}`;
  const wrong: Record<string, [change: (copy: string) => void, lines: string[]]> = {
    'a manifest without signature': [
      (copy) => {
        drop(copy, manifest(2).replace('.json', '.key-1.sig'));
      },
      [day('missing'), `  missing     ${manifest(2)}: it is not signed`],
    ],
    'a view without signature': [
      (copy) => {
        drop(copy, `${view}.key-1.sig`);
      },
      [day('missing'), `  missing     ${view}.json: it is not signed`],
    ],
    'a view that was edited': [
      (copy) => {
        edit(copy, `${view}.json`, (text) => `${text} `);
      },
      [
        day('altered'),
        `  altered     ${view}.key-1.sig: it does not match ${view}.json with any key of --public-key`,
      ],
    ],
    'a signature that is not one': [
      (copy) => {
        edit(copy, manifest(2).replace('.json', '.key-1.sig'), () => 'not DER');
      },
      [
        day('altered'),
        `  altered     ${manifest(2).replace('.json', '.key-1.sig')}: it does not match ${manifest(2)} with any key of --public-key`,
      ],
    ],
  };

  it.each(Object.entries(wrong))('finds %s', async (_, [change, lines]) => {
    const copy = copyOf('signed');
    change(copy);
    const result = await verified(copy, { publicKeys });
    expect(told(result).slice(1, 3)).toEqual(lines);
    expect(result.exitCode).toBe(1);
  });

  it('finds a chain that another key signed, even if that key lies in the store', async () => {
    const forged = new Evidence(join(folder, 'forged'), { signing: newSigningKey('key-1') });
    forged.run({ date: '2026-11-02' });
    expect(await verified(forged.folder)).toMatchObject({ exitCode: 0 });
    const result = await verified(forged.folder, { publicKeys });
    expect(told(result)).toEqual([
      '2026-11-02  altered     1 run, 3 reports, 20 files; 2 altered',
      `  altered     manifests/production/00000001.key-1.sig: signed with a key that is not one of --public-key`,
      `  altered     ${view}.key-1.sig: signed with a key that is not one of --public-key`,
      'Not as recorded: 1 day, 1 run, 3 reports, 20 files; 2 altered',
    ]);
    expect(result.exitCode).toBe(1);
  });
});

describe('verification without --public-key', () => {
  it('checks signatures with the keys in the store, and says that they are not pinned', async () => {
    const { lines, exitCode } = await verified(join(folder, 'signed'));
    expect(lines.at(-1)).toBe(
      'Signatures were checked with the keys in signing-keys/, which are not pinned: whoever can write there can replace them. Use --public-key FILE',
    );
    expect(exitCode).toBe(0);
  });

  it('finds signatures that do not match, and those without a public key', async () => {
    const copy = copyOf('signed');
    edit(copy, `runs/${second.run}/view.json`, (text) => `${text} `);
    cpSync(
      join(copy, manifest(2).replace('.json', '.key-1.sig')),
      join(copy, manifest(2).replace('.json', '.key-9.sig')),
    );
    const result = await verified(copy);
    expect(told(result).slice(1, 4)).toEqual([
      '2026-11-02  altered     1 run, 3 reports, 20 files; 1 altered, 1 missing',
      `  altered     runs/${second.run}/view.key-1.sig: it does not match runs/${second.run}/view.json`,
      `  missing     ${manifest(2).replace('.json', '.key-9.sig')}: there is no public key signing-keys/key-9.pem for it`,
    ]);
    expect(result.exitCode).toBe(1);
  });

  it('tells what is not signed although there are keys', async () => {
    const copy = copyOf('signed');
    drop(copy, manifest(2).replace('.json', '.key-1.sig'));
    const result = await verified(copy);
    expect(told(result).slice(1, 3)).toEqual([
      '2026-11-02  verified    1 run, 3 reports, 20 files; 1 unsigned',
      `  unsigned    ${manifest(2)}: it is not signed`,
    ]);
    expect(result.exitCode).toBe(0);
  });

  it('finds the signature of a manifest that was removed', async () => {
    const copy = copyOf('signed');
    drop(copy, manifest(3));
    expect(told(await verified(copy))[0]).toBe(
      `  missing     ${manifest(3)}: its signature ${manifest(3).replace('.json', '.key-1.sig')} exists`,
    );
  });
});
