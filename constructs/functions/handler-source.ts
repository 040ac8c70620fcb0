import { join, resolve } from 'node:path';
import { type BuildOptions, buildSync } from 'esbuild';
import { type HandlerName, handlerNames } from './handler-names';
import { sharedSource } from './shared-source';

const projectRoot = resolve(__dirname, '..', '..');

const common = {
  absWorkingDir: projectRoot,
  bundle: true,
  write: false,
  platform: 'node',
  target: 'node24',
  legalComments: 'none',
  tsconfigRaw: {},
} satisfies BuildOptions;

let whole: ReadonlyMap<HandlerName, string> | undefined;

/** One script with a handler and everything it imports. The less there is to parse, the sooner a function starts. */
export function handlerSource(name: HandlerName): Uint8Array {
  return sharedSource(name, join(projectRoot, 'handlers'), () => bundled(name));
}

function bundled(name: HandlerName): Uint8Array {
  whole ??= wholeHandlers();
  const shaken = buildSync({
    ...common,
    outfile: 'index.js',
    stdin: { contents: withLiteralKeys(whole.get(name) ?? '') },
    format: 'cjs',
    minify: true,
  });
  return shaken.outputFiles[0]?.contents ?? new Uint8Array();
}

/** All at once, because they share most of what esbuild has to parse. */
const wholeOptions = {
  ...common,
  outdir: '.',
  entryPoints: handlerNames.map((name) => ({ in: `handlers/${name}/index.ts`, out: name })),
  format: 'esm',
  // The SDK's ES modules can be tree-shaken, its CommonJS modules cannot.
  mainFields: ['module', 'main'],
  alias: {
    '@aws-sdk/credential-provider-node': './handlers/bundle-shims/environment-credentials.ts',
    '@smithy/core/event-streams': './handlers/bundle-shims/no-event-streams.ts',
  },
} satisfies BuildOptions;

function wholeHandlers(): ReadonlyMap<HandlerName, string> {
  const { outputFiles } = buildSync(wholeOptions);
  // esbuild returns the files in the order of the entry points.
  return new Map(handlerNames.map((name, place) => [name, outputFiles[place]?.text ?? '']));
}

/**
 * The files that are in the bundle of each handler after tree shaking, as paths relative to the project. Minification may
 * remove the code of one of them again; it adds none.
 */
export function bundledFiles(): ReadonlyMap<HandlerName, readonly string[]> {
  const { outputs } = buildSync({ ...wholeOptions, metafile: true }).metafile;
  return new Map(handlerNames.map((name) => [name, Object.keys(outputs[`${name}.js`]?.inputs ?? {})]));
}

/**
 * Replaces `{ [_http]: … }` with `{ "http": … }`. The SDK names the traits of its schemas by constants. A computed key
 * might have a side effect, so esbuild would keep the schemas of every operation of a service.
 */
function withLiteralKeys(source: string): string {
  const constants = new Map(
    [...source.matchAll(/^var (_\w+) = ("[^"\\]*");$/gm)].map(([, name = '', literal = '']) => [
      name,
      literal,
    ]),
  );
  return source.replace(/(?<=[{,]\s*)\[(_\w+)\](?=: )/g, (key, name: string) => constants.get(name) ?? key);
}
