import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { isSystemError } from '../../constructs/error-text';
import { TemporaryFolder } from '../../local/temporary-folder';

export const NO_TERRAFORM =
  'terraform is not on the PATH: install version 1.11 or newer (https://developer.hashicorp.com/terraform/install)';

export interface ProviderLockProps {
  /** `terraform.required_providers` of the stack. */
  readonly requiredProviders: object;
  /** Platforms in Terraform's form, such as `linux_amd64`. */
  readonly platforms: readonly string[];
  /**
   * Folder that `terraform providers mirror` wrote.
   * @default - the registry of each provider
   */
  readonly fsMirror?: string | undefined;
  /** Ends Terraform when it is aborted. */
  readonly signal: AbortSignal;
  /** Receives what Terraform does, line by line. */
  readonly onProgress: (line: string) => void;
}

/**
 * The dependency lock file that Terraform makes for the newest providers that are allowed. Terraform runs in a folder of its
 * own, in which no earlier lock file keeps it at an older version.
 * @throws Error if Terraform is missing, or with its own message
 */
export async function providerLock(props: ProviderLockProps): Promise<string> {
  const { requiredProviders, platforms, fsMirror } = props;
  const folder = new TemporaryFolder('lock');
  try {
    const main = { terraform: { required_providers: requiredProviders } };
    writeFileSync(join(folder.path, 'main.tf.json'), JSON.stringify(main));
    const options = [
      ...platforms.map((platform) => `-platform=${platform}`),
      ...(fsMirror === undefined ? [] : [`-fs-mirror=${fsMirror}`]),
    ];
    await terraform(['providers', 'lock', '-no-color', ...options], folder.path, props);
    return readFileSync(join(folder.path, '.terraform.lock.hcl'), 'utf8');
  } finally {
    folder.remove();
  }
}

async function terraform(
  options: readonly string[],
  cwd: string,
  { signal, onProgress }: ProviderLockProps,
): Promise<void> {
  const child = spawn('terraform', options, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const end = () => child.kill('SIGINT');
  signal.addEventListener('abort', end);
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line.startsWith('- ')) onProgress(line.slice('- '.length));
  });
  try {
    const [message, [code]] = await Promise.all([
      text(child.stderr),
      once(child, 'close') as Promise<[number | null]>,
    ]);
    signal.throwIfAborted();
    if (code !== 0) throw new Error(`terraform providers lock failed\n${withoutFrame(message)}`);
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') {
      throw new Error(NO_TERRAFORM, { cause: error });
    }
    throw error;
  } finally {
    signal.removeEventListener('abort', end);
  }
}

/** Terraform draws a line beside its messages, which is empty before and after each. */
const withoutFrame = (message: string) =>
  message
    .replaceAll(/^[╷│╵] ?/gm, '')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
