/** Takes the screenshots of the page that the documents show: `npm run screenshots -- PAGE FOLDER`. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeFolder, writeWhole } from '../../constructs/write-file';
import { commandLine, folderPath } from '../../local/command-line';
import { problemsOfFolder } from '../../local/output-folder';
import { runCommand } from '../../local/run-command';
import { openPage, startBrowser } from './browser';

const PICTURES = [
  { name: 'page-light', width: 1200, scheme: 'light' },
  { name: 'page-dark', width: 1200, scheme: 'dark' },
  { name: 'page-narrow', width: 400, scheme: 'light' },
] as const;
const HEIGHT = 1100;

async function main(file: string, folder: string): Promise<void> {
  const browser = await startBrowser();
  try {
    makeFolder(folder);
    const page = await browser.newPage();
    for (const { name, width, scheme } of PICTURES) {
      await openPage(page, pathToFileURL(resolve(file)).href, width, scheme);
      const clip = { x: 0, y: 0, width, height: HEIGHT };
      writeWhole(join(folder, `${name}.png`), await page.screenshot({ clip }));
    }
  } finally {
    await browser.close();
  }
}

const [page = '', folder = ''] = commandLine({
  script: 'screenshots',
  description: 'Takes screenshots of the page of a run with Chromium.',
  exitCodes: '0: the screenshots were written; 1: they could not be taken',
})
  .argument('<page>', 'index.html of a run')
  .argument('<folder>', 'folder to write the screenshots to', folderPath)
  .check((_options, [file, target]) => [
    ...(file === undefined || existsSync(file) ? [] : [`there is no page ${file}`]),
    ...(target === undefined ? [] : problemsOfFolder(target, 'folder')),
  ])
  .parse().args;
runCommand(() => main(page, folder));
