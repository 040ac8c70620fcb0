import type { SecretOf } from '../fake-aws/credentials';

/**
 * The organization that a local run collects from: the embedded one or a real one. In both cases the bucket is a local
 * folder, and the functions are directed there by the variables that every AWS SDK reads.
 */
export interface OrganizationSource {
  /** Says which organization it is and how its accounts are read, given the role of the environment. */
  describe(reportRoleName: string): string;
  /** The account that runs the collection. */
  accountId: string;
  organizationId: string;
  /** Variables that the functions get in addition to their settings. */
  environment: Record<string, string>;
  /** Variables that replace settings of the functions. */
  settings: Record<string, string>;
  /** The credentials of the functions, as environment variables. */
  credentials: () => Promise<Record<string, string>>;
  /** The secrets of these credentials: the servers of the run accept no others. */
  secretOf: SecretOf;
  /** How many planted findings of each rule the reports of these accounts contain, if that is known. */
  planted?: (accounts: readonly string[]) => Record<string, number>;
  /**
   * Begins one of several consecutive days, counted from 0; returns how long ago it was, ms. Only generated organizations have
   * more than one.
   */
  begin?: (day: number) => number;
  stop: () => Promise<void>;
}

/** Variables that functions inherit from this process: no AWS configuration and no proxy reaches them by accident. */
export function variablesWithoutAws(environment: NodeJS.ProcessEnv): Record<string, string> {
  return pickVariables(environment, (name) => !/^AWS_|^(https?|no)_proxy$/i.test(name));
}

export function pickVariables(
  environment: NodeJS.ProcessEnv,
  wanted: (name: string) => boolean,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value !== undefined && wanted(name) ? [[name, value]] : [],
    ),
  );
}
