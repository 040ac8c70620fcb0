import type { Manifest } from '../core/manifest';

/** A run whose results are exported, and how its places are named. */
export interface ExportedRun {
  readonly manifest: Manifest;
  /** URL of the manifest, and its hash. */
  readonly recorded: { readonly url: string; readonly sha256: string };
  /** The page of the day. */
  readonly page: { readonly url: string; readonly console?: string };
}
