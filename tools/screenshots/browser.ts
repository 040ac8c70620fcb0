import { existsSync } from 'node:fs';
import puppeteer, { type Browser, type ConsoleMessage, type Page } from 'puppeteer-core';

const PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
/** Path of Chromium: the variable CHROMIUM, or where Linux distributions install it; undefined if it is not installed. */
export const chromiumPath = process.env.CHROMIUM ?? PATHS.find((path) => existsSync(path));

/** Starts Chromium without a window, and without its sandbox, which does not work for root in a container. */
export function startBrowser(): Promise<Browser> {
  if (!chromiumPath) throw new Error('Chromium is not installed; on Debian: apt-get install chromium');
  return puppeteer.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--hide-scrollbars'] });
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
