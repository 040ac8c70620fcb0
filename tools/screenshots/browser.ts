import { existsSync } from 'node:fs';
import puppeteer, { type Browser, type ConsoleMessage, type Page } from 'puppeteer-core';

const PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
/** Nothing if there is no Chromium; CHROMIUM names another place. */
export const chromiumPath = process.env.CHROMIUM ?? PATHS.find((path) => existsSync(path));

/** Starts Chromium without a window. The sandbox does not work for root in a container; only own pages are opened. */
export function startBrowser(): Promise<Browser> {
  if (!chromiumPath) throw new Error('Chromium is not installed; on Debian: apt-get install chromium');
  return puppeteer.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--hide-scrollbars'] });
}

/** Opens a page at that width. */
export async function openPage(page: Page, url: string, width: number, scheme: 'light' | 'dark' = 'light') {
  await page.setViewport({ width, height: 900, isMobile: width < 600 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await page.goto(url);
}

/** Collects what a page complains about: console messages, among them violations of its policy, and exceptions. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message: ConsoleMessage) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  return complaints;
}
