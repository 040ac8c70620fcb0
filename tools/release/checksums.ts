import { sha256Of } from '../../handlers/shared/hash';
import type { Files } from './files-of';

/** The files as `sha256sum --check` reads them, sorted by name. */
export function checksums(files: Files): string {
  const names = Object.keys(files).sort();
  return names.map((name) => `${sha256Of(files[name] ?? '')}  ${name}\n`).join('');
}
