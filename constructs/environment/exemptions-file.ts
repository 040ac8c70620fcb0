import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { CheckSettings, Exemption } from '../../handlers/shared/events';
import type { Environment } from './environment';
import { FOR_OWNERS, exemption, isForUnreadOwners, repeatedExemptions } from './exemption';
import { fieldsOf } from './fields';
import { type Problem, problem, problemsOfContent } from './problems';
import { readContent } from './read-content';
import type { Unchecked } from './rule';

/**
 * One for each account of the largest organization. The manifest of a run lists every exemption, and `summarize-run` holds
 * them in memory.
 */
const MOST_EXEMPTIONS = 50_000;
/** A function with its code may have 50 MB, zipped (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html). */
const MOST_BYTES = 16 * 1024 * 1024;
/** Problems of a file that are told. */
const MOST_PROBLEMS = 50;

const NO_FIELD =
  'is not a field of an exemptions file: see docs/exemptions.md#in-the-environment-file-or-in-a-file-of-its-own';

export const exemptionsFile = fieldsOf({
  $schema: z.string('must be text').optional().describe('Schema with which editors complete this file.'),
  exemptions: z
    .array(exemption, 'must be a list of exemptions')
    .max(
      MOST_EXEMPTIONS,
      `must have at most ${MOST_EXEMPTIONS} exemptions; one pattern can stand for many users`,
    )
    .describe('Findings that you accept, each for one check and until a date. They are shown as exempt.'),
});

/** The file that is deployed. */
export interface DeployedExemptions {
  readonly bytes: Uint8Array;
  /** In hexadecimal digits, as `sha256sum` shows it. */
  readonly sha256: string;
  readonly exemptions: readonly Exemption[];
}

type Checks = Environment['checks'];
type Read = { readonly file: DeployedExemptions | undefined } | { readonly problems: readonly Problem[] };

/** The exemptions file of an environment, or everything that is wrong with it. */
export function readExemptionsFile(
  { exemptionsFile: path, exemptions }: Pick<Checks, 'exemptionsFile' | 'exemptions'>,
  owners: Unchecked['owners'] | null,
): Read {
  if (path === undefined) return { file: undefined };
  const { content, bytes, problems } = readContent(path);
  if (content === undefined || !bytes) return { problems: inFile(path, problems) };
  const { success, data, error } = exemptionsFile.safeParse(content);
  const list = listOf(content);
  const found = [
    ...problems,
    ...(bytes.length > MOST_BYTES ? [tooLarge(bytes)] : []),
    ...(success ? [] : problemsOfContent(error.issues, content, NO_FIELD)),
    ...(isForUnreadOwners(list, owners) ? [{ field: 'exemptions', text: `exemptions ${FOR_OWNERS}` }] : []),
    ...repeatedExemptions([...exemptions, ...list], nameAfter(exemptions.length)).map((text) => ({
      field: 'exemptions',
      text: `exemptions ${text}`,
    })),
  ];
  if (!success || found.length > 0) return { problems: inFile(path, found) };
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { file: { bytes, sha256, exemptions: data.exemptions } };
}

/** What the functions are told of the checks of an environment. */
export function checkSettings(
  { exemptionsFile: _path, ...checks }: Checks,
  file?: DeployedExemptions,
): CheckSettings {
  const all = [...checks.exemptions, ...(file?.exemptions ?? [])];
  const tags = [...new Set(all.flatMap(({ accountTag }) => accountTag?.key ?? []))].sort();
  return {
    ...checks,
    ...(file && { exemptionsFile: { sha256: file.sha256, bytes: file.bytes.length } }),
    ...(tags.length > 0 && { exemptionTags: tags }),
  };
}

function listOf(content: unknown): unknown[] {
  const list: unknown = (content as { exemptions?: unknown } | null)?.exemptions;
  return Array.isArray(list) ? list : [];
}

const nameAfter = (inEnvironment: number) => (index: number) =>
  index < inEnvironment ? `checks.exemptions.${index}` : `exemptions.${index - inEnvironment}`;

const tooLarge = ({ length }: Uint8Array) =>
  problem('', `must have at most ${MOST_BYTES} bytes; one pattern can stand for many users`, length);

/** The problems are about this file, and not about the environment file that names it. */
function inFile(path: string, problems: readonly Problem[]): Problem[] {
  const told = problems.slice(0, MOST_PROBLEMS).map(({ text }) => text);
  const more = problems.length - told.length;
  const lines = more > 0 ? [...told, `and ${more} more problems`] : told;
  return lines.map((text) => ({
    field: 'checks.exemptionsFile',
    text: `checks.exemptionsFile: ${path}: ${text}`,
  }));
}
