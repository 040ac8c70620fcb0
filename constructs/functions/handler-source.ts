import { resolve } from 'node:path';
import { type BuildOptions, buildSync } from 'esbuild';

const projectRoot = resolve(__dirname, '..', '..');

const common = {
  absWorkingDir: projectRoot,
  bundle: true,
  write: false,
  outfile: 'index.js',
  platform: 'node',
  target: 'node24',
  legalComments: 'none',
  tsconfigRaw: {},
} satisfies BuildOptions;

/** One script with a handler and everything it imports. The less there is to parse, the sooner a function starts. */
export function handlerSource(name: string): Uint8Array {
  const whole = buildSync({
    ...common,
    entryPoints: [`handlers/${name}/index.ts`],
    format: 'esm',
    // The SDK's ES modules can be tree-shaken, its CommonJS modules cannot.
    mainFields: ['module', 'main'],
    alias: {
      '@aws-sdk/credential-provider-node': './handlers/bundle-shims/environment-credentials.ts',
      '@smithy/core/event-streams': './handlers/bundle-shims/no-event-streams.ts',
    },
  });
  const shaken = buildSync({
    ...common,
    stdin: { contents: withLiteralKeys(whole.outputFiles[0]?.text ?? '') },
    format: 'cjs',
    minify: true,
  });
  return shaken.outputFiles[0]?.contents ?? new Uint8Array();
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
