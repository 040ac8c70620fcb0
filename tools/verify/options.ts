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

/** Reads the command line; ends the process with code 2 and every problem at once for wrong usage. */
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
    .option('--json', 'print one JSON object with every finding')
    .parse(argv, { from: 'user' });
  const { publicKey: files, expectHead, json = false, environment, from, to, region } = command.opts<Given>();
  const problems: string[] = [];
  const options = {
    location: locationOf(command.args[0] ?? '', problems),
    ...{ environment, region, json, from, to },
    publicKeys: files?.flatMap((file) => publicKeysOf(file, problems)),
    expectHead: expectHead?.toLowerCase(),
  };
  for (const [flag, date] of [
    ['--from', from],
    ['--to', to],
  ] as const) {
    if (date !== undefined && !isDay(date))
      problems.push(`${flag} ${date} is not a date of the form YYYY-MM-DD`);
  }
  if (from !== undefined && to !== undefined && from > to)
    problems.push(`--from ${from} is after --to ${to}`);
  if (expectHead !== undefined && !/^[0-9a-f]{64}$/i.test(expectHead))
    problems.push(`--expect-head ${expectHead} is not a SHA-256 hash of 64 hexadecimal digits`);
  if (problems.length > 0) command.error(`error: ${problems.join('; ')}`);
  return options;
}

function locationOf(text: string, problems: string[]): VerifyOptions['location'] {
  const [, bucket, path = ''] = /^s3:\/\/([^/]+)(?:\/(.*))?$/.exec(text) ?? [];
  if (bucket !== undefined) return { bucket, prefix: path === '' || path.endsWith('/') ? path : `${path}/` };
  if (text.startsWith('s3:')) problems.push(`${text} is not of the form s3://BUCKET/PREFIX`);
  else if (!statSync(text, { throwIfNoEntry: false })?.isDirectory())
    problems.push(`${text} is not a folder`);
  return { folder: text };
}

function publicKeysOf(file: string, problems: string[]): KeyObject[] {
  try {
    return [parsePublicKey(readFileSync(file))];
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    problems.push(`--public-key ${file}: ${code === 'ENOENT' ? 'this file does not exist' : message}`);
    return [];
  }
}

/** `Date` takes February 30 for March 2. */
function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
