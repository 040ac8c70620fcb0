/** Opens a file in the browser of whoever sits in front of this machine. */

/** What says whether somebody does. */
export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  /** Whether the output is a terminal. */
  readonly isTTY: boolean;
}

/** Not in a script, in CI, or on a machine without a screen: a browser in text mode, or on a far screen, helps nobody. */
export function hasBrowser({ platform, env, isTTY }: Surroundings): boolean {
  if (!isTTY || env.CI) return false;
  if (platform === 'linux') return [env.DISPLAY, env.WAYLAND_DISPLAY, env.WSL_DISTRO_NAME].some(Boolean);
  return env.SSH_CONNECTION === undefined;
}

/**
 * @param path - absolute
 * @returns why it could not be opened; nothing if a browser was started
 */
export async function openInBrowser(path: string): Promise<string | undefined> {
  // It starts the program of the system that opens files: Windows, macOS, Linux and WSL have one each.
  const { default: open } = await import('open');
  try {
    await open(path);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
