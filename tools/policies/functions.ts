/** The real bundles, each with the variables and the access key of its function. */
import { readFileSync } from 'node:fs';
import { compileFunction, constants } from 'node:vm';
import { unzipSync } from 'fflate';
import { type HandlerName, handlerBundle } from '../../constructs/functions/handler-bundle';
import type { SynthesizedStack } from '../support/synthesized-stack';

/** Those with a role of their own. */
export const HANDLERS: readonly HandlerName[] = ['list-accounts', 'collect-reports', 'summarize-run'];

/** Whose role a function takes: the accounts trust one. */
const ROLE_OF: Partial<Record<HandlerName, HandlerName>> = { 'request-reports': 'collect-reports' };

export type Handler = (event: unknown, context: object) => Promise<unknown>;

export const accessKeyOf = (handler: HandlerName) => `AKIALOCAL${handler.toUpperCase().replace(/\W/g, '')}`;

/** Handlers by the ARN of their function, each in an environment that has kept nothing of earlier invocations. */
export function functionsOf(
  stack: SynthesizedStack,
  account: string,
  endpoint: string,
  print: (line: string) => void,
): Map<string, Handler> {
  return new Map(
    [...HANDLERS, 'request-reports' as const].map((handler) => {
      const { function_name: name, environment } = stack.resource(`${handler}/function`) as unknown as {
        function_name: string;
        environment: { variables: Record<string, string> };
      };
      const run = bundleWith(
        handler,
        {
          ...environment.variables,
          AWS_REGION: 'us-east-1',
          AWS_ENDPOINT_URL: endpoint,
          AWS_ACCESS_KEY_ID: accessKeyOf(ROLE_OF[handler] ?? handler),
          AWS_SECRET_ACCESS_KEY: 'local',
        },
        print,
      );
      return [`arn:aws:lambda:us-east-1:${account}:function:${name}`, run];
    }),
  );
}

type Load = (...values: unknown[]) => void;
const loads = new Map<HandlerName, Load>();

/** The code of a bundle as a function that evaluates it, compiled once. */
function loadOf(handler: HandlerName): Load {
  const known = loads.get(handler);
  if (known) return known;
  const code = Buffer.from(unzipSync(readFileSync(handlerBundle(handler).path))['index.js'] ?? '');
  const load = compileFunction(
    code.toString(),
    ['exports', 'require', 'module', 'process', 'console'],
    // The SDK imports modules of Node.js when it needs them.
    { importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER },
  ) as Load;
  loads.set(handler, load);
  return load;
}

/** Loads a bundle that takes `env` for its environment. */
function bundleWith(
  handler: HandlerName,
  env: Record<string, string>,
  print: (line: string) => void,
): Handler {
  const module = { exports: {} as { handler?: Handler } };
  const own = Object.create(process, {
    env: { value: env },
    stdout: { value: { write: print } },
  }) as NodeJS.Process;
  const console = Object.fromEntries(['log', 'info', 'warn', 'error', 'debug'].map((name) => [name, print]));
  loadOf(handler)(module.exports, (id: string) => process.getBuiltinModule(id), module, own, console);
  if (!module.exports.handler) throw new Error(`the bundle of ${handler} has no handler`);
  return module.exports.handler;
}
