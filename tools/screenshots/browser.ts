import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import puppeteer, { type Browser, type ConsoleMessage, type Page } from 'puppeteer-core';
import { makeFolder } from '../../constructs/write-file';

/** Prints where the Chromium of the package `@sparticuz/chromium` is, after unpacking it on its first call. */
const UNPACK =
  "import chromium from '@sparticuz/chromium'; process.stdout.write(await chromium.executablePath())";

/** Whether there is a Chromium: the package has one for 64-bit Intel processors and Linux. */
export const hasChromium =
  process.env.CHROMIUM !== undefined || (process.platform === 'linux' && process.arch === 'x64');

/**
 * Path of Chromium: the variable CHROMIUM, or that of a package. It is unpacked into the folder of the packages and not into that of
 * temporary files, where every user of the machine could place another one.
 */
function chromiumPath(): string {
  if (process.env.CHROMIUM !== undefined) return process.env.CHROMIUM;
  if (!hasChromium)
    throw new Error(
      'There is no Chromium for this machine: install one, and put its path into the variable CHROMIUM',
    );
  const folder = join(__dirname, '..', '..', 'node_modules', '.cache', 'chromium');
  makeFolder(folder);
  const env = { ...process.env, TMPDIR: folder };
  return execFileSync(process.execPath, ['--input-type=module', '--eval', UNPACK], { env, encoding: 'utf8' });
}

/** Starts Chromium without a window, and without its sandbox, which does not work for root in a container. */
export function startBrowser(): Promise<Browser> {
  return puppeteer.launch({
    executablePath: chromiumPath(),
    args: ['--no-sandbox', '--hide-scrollbars', '--disable-gpu'],
  });
}

/** Opens a URL at a width in pixels. */
export async function openPage(page: Page, url: string, width: number, scheme: 'light' | 'dark' = 'light') {
  await page.setViewport({ width, height: 900, isMobile: width < 600 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await page.goto(url);
}

/** Collects console messages, which include violations of the content security policy, and exceptions of a page. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message: ConsoleMessage) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  return complaints;
}
