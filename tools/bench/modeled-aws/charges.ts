import { gunzipSync } from 'node:zlib';
import { accountOfReport, prefixes } from '../../../handlers/shared/bucket-layout';
import { model } from '../model';

const { cpuMs } = model;

/** CPU time on one vCPU, ms, that a function takes for the content of an object. */
interface Charge {
  /** For making this and writing it. */
  readonly written: (content: Buffer) => number;
  /** For reading this, and doing with it what the function does with every object of the kind. */
  readonly read: (content: Buffer) => number;
}

const perMib = (ms: number) => (bytes: number) => (ms * bytes) / 2 ** 20;
const readJson = perMib(cpuMs.perMibOfJson.read);
const writtenJson = perMib(cpuMs.perMibOfJson.written);
const text = perMib(cpuMs.perMibOfText);
const tables = perMib(cpuMs.perMibOfTables);

/** What a function hashes, serializes to JSON or parses from JSON, and validates. */
const data: Charge = { written: ({ length }) => writtenJson(length), read: ({ length }) => readJson(length) };
/** What a function only hashes and sends, or receives. */
const lines: Charge = { written: ({ length }) => text(length), read: ({ length }) => text(length) };

const linesIn = (content: Buffer) => content.toString().split('\n').length - 1;

/**
 * Every kind of object, by the start of its key. Nothing is free: the bucket refuses an object that has no charge here.
 */
const CHARGES: readonly (readonly [prefix: string, charge: Charge])[] = [
  [prefixes.allServiceCredentials, data],
  [prefixes.ledgers, data],
  [prefixes.allDirectories, data],
  ['owners.json', data],
  [prefixes.allOutcomes, data],
  // One line for each report: who writes them has reviewed the reports, and who reads them joins the reviews. Their JSON is part
  // of that.
  [
    prefixes.allReviews,
    {
      written: (content) => text(content.length) + cpuMs.perReview * linesIn(content),
      read: (content) => text(content.length) + cpuMs.perJoin * linesIn(content),
    },
  ],
  // Tables and the snapshot. The same charge for the few other files of a run is too high for them.
  [prefixes.runs, { ...data, written: ({ length }) => text(length) + tables(length) }],
  [prefixes.allManifests, data],
  [prefixes.signingKeys, lines],
  // Besides the text: a finding in the format of OCSF takes about 2 KB and 0.013 ms.
  [
    prefixes.allExports,
    { ...lines, written: ({ length }) => text(length) + perMib(cpuMs.perMibOfOcsf)(length) },
  ],
  [prefixes.allDays, lines],
  [prefixes.allTables, lines],
];

const pageData = perMib(cpuMs.perMibOfPageData);

/** What a run tells people: mostly the data of the page, which take more time to pack and compress than to write. */
const OUTPUTS: Charge = {
  ...data,
  written: (content) => writtenJson(content.length) + pageData(bytesOfPageData(content)),
};
const OUTPUTS_FILE = '/outputs.json';

/** Size of the data of the page before they were compressed. */
function bytesOfPageData(outputs: Buffer): number {
  const [, base64 = ''] = / id=\\"data\\">([^<]*)</.exec(outputs.toString()) ?? [];
  return base64.trim() === '' ? 0 : gunzipSync(Buffer.from(base64, 'base64')).length;
}

const checked = perMib(cpuMs.perMibOfReports);

/** The function that writes a report checks that it is complete; the one that reads it reviews it and joins the review. */
const REPORT: Charge = {
  written: ({ length }) => text(length) + checked(length),
  read: ({ length }) => text(length) + cpuMs.perReview + cpuMs.perJoin,
};

/**
 * What an object costs those who write and read it.
 * @param key - without the prefix of the environment
 * @throws if objects of this kind have no charge, so that no output is free by mistake
 */
export function chargeOf(key: string): Charge {
  if (accountOfReport(key) !== undefined) return REPORT;
  if (key.endsWith(OUTPUTS_FILE)) return OUTPUTS;
  const charge = CHARGES.find(([prefix]) => key.startsWith(prefix))?.[1];
  if (!charge) throw new Error(`The model charges no CPU time for ${key}: give it a charge in charges.ts`);
  return charge;
}
