/** The real bundles, each with the environment variables and the access key of its function. */
import { readFileSync } from 'node:fs';
import timers from 'node:timers/promises';
import { compileFunction, constants } from 'node:vm';
import { unzipSync } from 'fflate';
import { handlerBundle } from '../../constructs/functions/handler-bundle';
import { type HandlerName, handlerNames } from '../../constructs/functions/handler-names';
import { credentialVariables, credentialsOf } from '../../local/fake-aws/credentials';
import type { SynthesizedStack } from '../support/synthesized-stack';

export const HANDLERS: readonly HandlerName[] = handlerNames;

export type Handler = (event: unknown, context: object) => Promise<unknown>;

export const accessKeyOf = (handler: HandlerName) => `AKIALOCAL${handler.toUpperCase().replace(/\W/g, '')}`;

/** Handlers by the ARN of their function, each in a new environment. */
export function functionsOf(
  stack: SynthesizedStack,
  account: string,
  endpoint: string,
  print: (line: string) => void,
): Map<string, Handler> {
  return new Map(
    HANDLERS.map((handler) => {
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
          ...credentialVariables(credentialsOf(accessKeyOf(handler))),
        },
        print,
      );
      return [`arn:aws:lambda:us-east-1:${account}:function:${name}`, run];
    }),
  );
}

/** A module of Node.js, with which a function waits for nothing. */
const moduleNamed = (id: string): unknown =>
  id.endsWith('timers/promises')
    ? { ...timers, setTimeout: (_ms: number, ...rest: unknown[]) => timers.setTimeout(0, ...rest) }
    : process.getBuiltinModule(id);

type Load = (...values: unknown[]) => void;
const loads = new Map<HandlerName, Load>();

/** A function that evaluates the code of a bundle. The code is compiled once. */
function loadOf(handler: HandlerName): Load {
  const compiled = loads.get(handler);
  if (compiled) return compiled;
  const code = Buffer.from(unzipSync(readFileSync(handlerBundle(handler).path))['index.js'] ?? '');
  const load = compileFunction(
    code.toString(),
    ['exports', 'require', 'module', 'process', 'console'],
    // The SDK imports some modules of Node.js on demand.
    { importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER },
  ) as Load;
  loads.set(handler, load);
  return load;
}

/** Evaluates a bundle with its own environment variables. */
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
  loadOf(handler)(module.exports, moduleNamed, module, own, console);
  if (!module.exports.handler) throw new Error(`the bundle of ${handler} has no handler`);
  return module.exports.handler;
}
