import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { handlerBundle } from '../../../constructs/functions/handler-bundle';
import { type HandlerName, handlerNames } from '../../../constructs/functions/handler-names';
import { TemporaryFolder } from '../../../local/temporary-folder';

/** A bundle as AWS Lambda unpacks it. */
export interface UnpackedBundle {
  name: HandlerName;
  /** Path of its script. */
  script: string;
  scriptBytes: number;
  zipBytes: number;
}

/** Builds and unpacks the bundles that would be deployed. `remove` deletes the unpacked files. */
export function unpackBundles(): { bundles: UnpackedBundle[]; remove: () => void } {
  const folder = new TemporaryFolder('unpacked');
  const bundles = handlerNames.map((name): UnpackedBundle => {
    const { path } = handlerBundle(name);
    const content = unzipSync(readFileSync(path))['index.js'] ?? new Uint8Array();
    const script = join(folder.path, `${name}.js`);
    writeFileSync(script, content);
    return { name, script, scriptBytes: content.length, zipBytes: statSync(path).size };
  });
  return {
    bundles,
    remove: () => {
      folder.remove();
    },
  };
}
