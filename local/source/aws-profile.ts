import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { loadSharedConfigFiles } from '@smithy/core/config';

/** Sections of the configuration file that are not profiles. */
const OTHER_SECTIONS = ['sso-session.', 'services.'];

/**
 * The SDK would say neither which profile is missing nor where it looked.
 * @throws if AWS_PROFILE names a profile that does not exist
 */
export async function assertProfileExists(environment: NodeJS.ProcessEnv = process.env): Promise<void> {
  const { AWS_PROFILE: profile, AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE } = environment;
  // Without a default profile, the SDK looks for credentials elsewhere.
  if (!profile || profile === 'default') return;
  const files = {
    filepath: AWS_SHARED_CREDENTIALS_FILE ?? join(homedir(), '.aws', 'credentials'),
    configFilepath: AWS_CONFIG_FILE ?? join(homedir(), '.aws', 'config'),
  };
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ ...files, ignoreCache: true });
  const profiles = Object.keys({ ...configFile, ...credentialsFile }).filter(
    (name) => !OTHER_SECTIONS.some((section) => name.startsWith(section)),
  );
  if (profiles.includes(profile)) return;
  const read = Object.values(files).map((file) => (existsSync(file) ? file : `${file} (not found)`));
  throw new Error(
    `AWS_PROFILE is "${profile}", but there is no such profile in ${read.join(' or ')}. ` +
      (profiles.length > 0
        ? `Use one of: ${profiles.sort().join(', ')}`
        : 'Run `aws configure sso` to create it'),
  );
}
