/** Takes the pictures of the page that the documents show: `npm run screenshots -- PAGE FOLDER`. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openPage, startBrowser } from './browser';

const PICTURES = [
  { name: 'page-light', width: 1200, scheme: 'light' },
  { name: 'page-dark', width: 1200, scheme: 'dark' },
  { name: 'page-narrow', width: 400, scheme: 'light' },
] as const;
const HEIGHT = 1100;

async function main([file, folder]: string[]): Promise<void> {
  if (!file || !folder) throw new Error('Usage: npm run screenshots -- PAGE FOLDER');
  mkdirSync(folder, { recursive: true });
  const browser = await startBrowser();
  try {
    const page = await browser.newPage();
    for (const { name, width, scheme } of PICTURES) {
      await openPage(page, pathToFileURL(resolve(file)).href, width, scheme);
      const clip = { x: 0, y: 0, width, height: HEIGHT };
      await page.screenshot({ path: join(folder, `${name}.png`), clip });
    }
  } finally {
    await browser.close();
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
