import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { loadSharedConfigFiles } from '@smithy/core/config';

/** A profile of the shared AWS configuration files. */
export interface Profile {
  /** As AWS_PROFILE or AWS_DEFAULT_PROFILE names it; nothing for the default one. */
  readonly name?: string | undefined;
  readonly region?: string | undefined;
}

/** Sections of the configuration file that are not profiles. */
const OTHER_SECTIONS = ['sso-session.', 'services.'];

/**
 * Reads the profile of this shell. The SDK would say neither which profile is missing nor where it looked.
 * @throws if a profile is named that does not exist
 */
export async function readProfile(environment: NodeJS.ProcessEnv): Promise<Profile> {
  const { AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE } = environment;
  const files = {
    filepath: AWS_SHARED_CREDENTIALS_FILE ?? join(homedir(), '.aws', 'credentials'),
    configFilepath: AWS_CONFIG_FILE ?? join(homedir(), '.aws', 'config'),
  };
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ ...files, ignoreCache: true });
  const variable = ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE'].find((one) => environment[one]) ?? '';
  const name = environment[variable] ?? 'default';
  const { region } = { ...configFile[name], ...credentialsFile[name] };
  // Without a default profile, the SDK looks for credentials elsewhere.
  if (name !== 'default')
    assertExists(`${variable} is "${name}"`, name, { ...configFile, ...credentialsFile }, files);
  return { name: environment[variable], region };
}

function assertExists(what: string, name: string, found: object, files: Record<string, string>): void {
  const profiles = Object.keys(found).filter(
    (section) => !OTHER_SECTIONS.some((other) => section.startsWith(other)),
  );
  if (profiles.includes(name)) return;
  const read = Object.values(files).map((file) => (existsSync(file) ? file : `${file} (not found)`));
  throw new Error(
    `${what}, but there is no such profile in ${read.join(' or ')}. ` +
      (profiles.length > 0
        ? `Use one of: ${profiles.sort().join(', ')}`
        : 'Run `aws configure sso` to create it'),
  );
}
