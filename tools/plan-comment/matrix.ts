import type { Environment } from '../../constructs/environment/environment';

/** An environment that a workflow plans. */
export interface Planned {
  readonly environment: string;
  readonly region: string;
}

/**
 * The environments whose plan can be made anywhere: their state lies in a bucket. That of others is a file on
 * somebody's machine, or at HCP Terraform, which makes plans of its own.
 */
export function planned(environments: ReadonlyMap<string, Environment>): Planned[] {
  return [...environments].flatMap(([environment, { backend, region }]) =>
    backend.kind === 's3' ? [{ environment, region }] : [],
  );
}
