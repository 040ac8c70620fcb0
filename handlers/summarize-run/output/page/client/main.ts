/** The script of the page. Without it, the page shows a part of what the run found. */
import { unpack } from '../data/page-data';
import { Explorer } from './explorer';
import { Search } from './search';

async function unzipped(base64: string): Promise<string> {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).text();
}

async function start(): Promise<void> {
  const root = document.getElementById('explorer');
  const data = document.getElementById('data');
  const manifest = document.querySelector<HTMLAnchorElement>('a.manifest');
  if (!root || !data?.textContent || typeof DecompressionStream === 'undefined') return;
  const search = new Search(unpack(await unzipped(data.textContent)));
  const explorer = new Explorer(root, search, manifest?.getAttribute('href') ?? '');
  root.hidden = false;
  explorer.showWhatIsAsked();
  for (const part of document.querySelectorAll<HTMLElement>('.part')) part.hidden = true;
}

void start();
