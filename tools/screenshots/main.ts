/** Takes the screenshots of the page that the documents show: `npm run screenshots -- PAGE FOLDER`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { commandLine } from '../../local/command-line';
import { Browser, chromiumPath } from './browser';

const PICTURES = [
  { name: 'page-light', width: 1200, height: 1100, scheme: 'light' },
  { name: 'page-dark', width: 1200, height: 1100, scheme: 'dark' },
  { name: 'page-narrow', width: 400, height: 1100, scheme: 'light' },
] as const;

async function main(page: string, folder: string): Promise<void> {
  if (!chromiumPath)
    throw new Error('Chromium was not found; install it, on Debian with: apt install chromium');
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

const [page = '', folder = ''] = commandLine({
  script: 'screenshots',
  description: 'Takes screenshots of the page of a run with Chromium.',
  exitCodes: '0: the screenshots were written; 1: they could not be taken',
})
  .argument('<page>', 'index.html of a run')
  .argument('<folder>', 'folder to write the screenshots to')
  .parse().args;
main(page, folder).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
