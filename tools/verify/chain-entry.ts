import type { Manifest } from '../../handlers/core/manifest';
import type { Finding } from './findings';

/** What the chain needs to know of a manifest. */
export type ManifestHeader = Pick<
  Manifest,
  'number' | 'previous' | 'environment' | 'execution' | 'date' | 'startedAt' | 'retentionDays' | 'recent'
>;

/** A manifest that was read. */
export interface ChainEntry {
  readonly key: string;
  /** From its key. */
  readonly number: number;
  readonly sha256: string;
  readonly header: ManifestHeader;
}

/** A manifest that exists and has no usable content. */
export interface BrokenEntry {
  readonly key: string;
  readonly number: number;
  /** Null if it could not be read. */
  readonly sha256: string | null;
  readonly finding: Finding;
}

export interface Chain {
  readonly environment: string;
  readonly entries: readonly ChainEntry[];
  readonly broken: readonly BrokenEntry[];
}
