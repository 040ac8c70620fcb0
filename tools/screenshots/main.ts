/** Takes the pictures of the page that the documents show: `npm run screenshots -- PAGE FOLDER`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Browser, chromiumPath } from './browser';

const PICTURES = [
  { name: 'page-light', width: 1200, height: 1100, scheme: 'light' },
  { name: 'page-dark', width: 1200, height: 1100, scheme: 'dark' },
  { name: 'page-narrow', width: 400, height: 1100, scheme: 'light' },
] as const;

async function main([page, folder]: string[]): Promise<void> {
  if (!page || !folder) throw new Error('Usage: npm run screenshots -- PAGE FOLDER');
  if (!chromiumPath) throw new Error('There is no Chromium; on Debian: apt install chromium');
  mkdirSync(folder, { recursive: true });
  const browser = await Browser.start();
  try {
    for (const { name, width, height, scheme } of PICTURES) {
      await browser.open(pathToFileURL(resolve(page)).href, width, scheme);
      writeFileSync(join(folder, `${name}.png`), await browser.screenshot(width, 0, height));
    }
  } finally {
    await browser.stop();
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
