import type { FileOfRun, Manifest } from '../core/manifest';
import type { RunFile } from './bucket-layout';
import { InvalidInput } from './validation';

/**
 * A file of a run, which every manifest names.
 * @throws {@link InvalidInput}
 */
export function fileOf({ files, number }: Pick<Manifest, 'files' | 'number'>, name: RunFile): FileOfRun {
  const file = files.find(({ key }) => key.endsWith(`/${name}`));
  if (!file) throw new InvalidInput(`Manifest ${number} does not name ${name}`);
  return file;
}
