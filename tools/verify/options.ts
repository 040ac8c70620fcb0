import type { KeyObject } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { type Terminal, commandLine } from '../../local/command-line';
import type { S3Place } from './s3-store';
import { parsePublicKey } from './signatures';

export interface VerifyOptions {
  readonly location: { readonly folder: string } | S3Place;
  readonly environment?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly publicKeys?: readonly KeyObject[] | undefined;
  readonly expectHead?: string | undefined;
  readonly region?: string | undefined;
  readonly json: boolean;
}

interface Given {
  readonly environment?: string;
  readonly from?: string;
  readonly to?: string;
  readonly publicKey?: readonly string[];
  readonly expectHead?: string;
  readonly region?: string;
  readonly json?: boolean;
}

/** Reads the command line; ends the process with code 2 and one line for each problem for wrong usage. */
export function parseOptions(argv: readonly string[], terminal?: Terminal): VerifyOptions {
  const command = commandLine({
    script: 'verify',
    description:
      'Verifies that the evidence in a folder or a bucket is what the runs recorded: the chain of manifests, every ' +
      'report and file that they name, and signatures. Reads only; a bucket is read with the credentials of the shell ' +
      '(AWS_PROFILE).',
    exitCodes: '0: verified; 1: something is altered or missing; 2: something could not be checked',
    ...(terminal && { terminal }),
  })
    .argument('<location>', 'a folder with the files of the bucket, or s3://BUCKET[/PREFIX]')
    .option('--from <date>', 'first day, YYYY-MM-DD (default: the first that there is)')
    .option('--to <date>', 'last day (default: the last that there is)')
    .option('--environment <name>', 'environment to verify (default: all that have manifests)')
    .option(
      '--public-key <file>',
      'trusted key in PEM; every manifest and view must be signed with it. Repeat it for former keys',
      (file: string, files?: string[]) => [...(files ?? []), file],
    )
    .option('--expect-head <hash>', 'SHA-256 of a manifest, from a digest; it must be in the chain')
    .option(
      '--region <region>',
      'Region of the bucket (default: AWS_REGION, AWS_DEFAULT_REGION, or that of the profile)',
    )
    .option('--json', 'print one JSON object with every finding');
  command.check<Given>((given, [text]) => [
    ...(text === undefined ? [] : problemsOfLocation(text)),
    ...problemsOfPeriod(given),
    ...problemsOfHead(given),
    ...(given.publicKey ?? []).flatMap(problemsOfPublicKey),
  ]);
  const {
    publicKey,
    expectHead,
    json = false,
    ...given
  } = command.parse(argv, { from: 'user' }).opts<Given>();
  return {
    ...given,
    json,
    location: locationOf(command.args[0] ?? ''),
    publicKeys: publicKey?.map((file) => parsePublicKey(readFileSync(file))),
    expectHead: expectHead?.toLowerCase(),
  };
}

function problemsOfPeriod({ from, to }: Partial<Given>): string[] {
  const problems = Object.entries({ from, to }).flatMap(([name, date]) =>
    date === undefined || isDay(date) ? [] : [`--${name} ${date} is not a date of the form YYYY-MM-DD`],
  );
  const isReversed = from !== undefined && to !== undefined && from > to;
  return [...problems, ...(isReversed ? [`--from ${from} is after --to ${to}`] : [])];
}

function problemsOfHead({ expectHead }: Partial<Given>): string[] {
  if (expectHead === undefined || /^[0-9a-f]{64}$/i.test(expectHead)) return [];
  return [`--expect-head ${expectHead} is not a SHA-256 hash of 64 hexadecimal digits`];
}

function locationOf(text: string): VerifyOptions['location'] {
  const [, bucket, path = ''] = /^s3:\/\/([^/]+)(?:\/(.*))?$/.exec(text) ?? [];
  if (bucket === undefined) return { folder: text };
  return { bucket, prefix: path === '' || path.endsWith('/') ? path : `${path}/` };
}

function problemsOfLocation(text: string): string[] {
  const location = locationOf(text);
  if ('bucket' in location) return [];
  if (text.startsWith('s3:')) return [`${text} is not of the form s3://BUCKET/PREFIX`];
  return isFolder(text) ? [] : [`${text} is not a folder`];
}

/** `stat` fails for a path below a file. */
function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function problemsOfPublicKey(file: string): string[] {
  try {
    parsePublicKey(readFileSync(file));
    return [];
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return [`--public-key ${file}: ${code === 'ENOENT' ? 'this file does not exist' : message}`];
  }
}

/** `Date` takes February 30 for March 2. */
export function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
