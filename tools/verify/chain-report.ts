import { chainFindings, findHead } from './chain';
import type { Chain } from './chain-entry';
import { type Finding, finding } from './findings';
import type { StoredChain } from './read-chain';
import { keys, prefixes } from '../../handlers/shared/bucket-layout';

/** What is known of the chain of an environment. */
export interface ChainReport {
  readonly environment: string;
  readonly manifests: number;
  /** How many of them have a signature beside them. */
  readonly signatures: number;
  /** Dates of its first and its last run. */
  readonly first?: string;
  readonly last?: string;
  /** The newest manifest. */
  readonly head?: { readonly key: string; readonly sha256: string };
  /** Where the manifest is whose hash was expected, and how many came after it. */
  readonly expectedHead?: { readonly number: number; readonly after: number };
  readonly findings: readonly Finding[];
}

export interface ChainReportProps {
  readonly now: Date;
  /** Hash of a manifest that has to be in this chain, or in that of another environment. */
  readonly expectHead?: string | undefined;
  readonly isHeadElsewhere: boolean;
}

export function chainReport(
  chain: StoredChain,
  { now, expectHead, isHeadElsewhere }: ChainReportProps,
): ChainReport {
  const { environment, entries, broken } = chain;
  const dates = entries.map(({ header }) => header.date).sort();
  const [first, last, newest] = [dates[0], dates.at(-1), entries.at(-1)];
  const expectedHead = expectHead === undefined ? undefined : findHead(chain, expectHead);
  return {
    environment,
    manifests: entries.length + broken.length,
    signatures: chain.signatures.size,
    ...(first !== undefined && { first }),
    ...(last !== undefined && { last }),
    ...(newest && { head: { key: newest.key, sha256: newest.sha256 } }),
    ...(expectedHead && { expectedHead }),
    findings: [
      ...chainFindings(chain, now),
      ...chain.findings,
      ...(expectHead !== undefined && !expectedHead && !isHeadElsewhere
        ? [headNotFound(chain, expectHead)]
        : []),
    ],
  };
}

function headNotFound({ environment, entries, broken }: Chain, hash: string): Finding {
  const last = Math.max(0, ...[...entries, ...broken].map(({ number }) => number));
  const where = last === 0 ? prefixes.manifests(environment) : keys.manifest(environment, last);
  return finding(
    'missing',
    where,
    `no manifest up to this one has the hash ${hash}: the end of the chain was removed or rewritten, or the hash is of another environment or bucket`,
  );
}
