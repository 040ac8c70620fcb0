import { dirname, join } from 'node:path';
import { type Plugin, build as esbuild } from 'esbuild';
import { projectRoot } from '../support/project-root';
import { type Library, OF_THE_APP, inLibrary } from './library';
import { projectJson } from './package-json';

export interface CompiledConstructs {
  readonly script: string;
  /** The files that are in it, as paths relative to the project. */
  readonly files: readonly string[];
}

/** `constructs/index.ts` and everything it imports, as one CommonJS module for a library. It takes functions from zips. */
export async function compiledConstructs(library: Library): Promise<CompiledConstructs> {
  const { outputFiles, metafile } = await esbuild({
    absWorkingDir: projectRoot,
    entryPoints: ['constructs/index.ts'],
    outfile: `${library}.js`,
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    // The oldest that CDKTF and the AWS provider's bindings run on.
    target: 'node20',
    format: 'cjs',
    mainFields: ['module', 'main'],
    legalComments: 'none',
    charset: 'utf8',
    tsconfigRaw: {},
    plugins: [ofTheApp(library), prebuiltFunctions, shortProjectJson],
  });
  const files = Object.keys(metafile.outputs[`${library}.js`]?.inputs ?? {});
  return { script: outputFiles[0]?.text ?? '', files };
}

const ofTheApp = (library: Library): Plugin => ({
  name: 'of-the-app',
  setup(build) {
    build.onResolve({ filter: OF_THE_APP }, ({ path }) => ({
      path: inLibrary(library, path),
      external: true,
    }));
  },
});

const prebuiltFunctions: Plugin = {
  name: 'prebuilt-functions',
  setup(build) {
    build.onResolve({ filter: /^\.\/handler-zip$/ }, ({ importer }) => ({
      path: join(dirname(importer), 'prebuilt-zip.ts'),
    }));
  },
};

/** What constructs read of `package.json`, and not the tools of the project. */
const shortProjectJson: Plugin = {
  name: 'short-project-json',
  setup(build) {
    const { version, repository } = projectJson;
    build.onLoad({ filter: /\/package\.json$/ }, ({ path }) =>
      path === join(projectRoot, 'package.json')
        ? { contents: JSON.stringify({ version, repository }), loader: 'json' }
        : undefined,
    );
  },
};
