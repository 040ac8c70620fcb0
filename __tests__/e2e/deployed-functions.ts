import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Lambda } from '../../local/engine/lambda';
import type { SynthesizedFunction } from '../../local/synthesized-stack';
import { type Caller, aws, awsVariables } from '../support/emulator/aws-cli';

interface Configuration {
  FunctionName: string;
  Handler: string;
  Timeout: number;
  MemorySize: number;
  CodeSha256: string;
  Environment: { Variables: Record<string, string> };
}

/**
 * Runs the functions as AWS Lambda would: with the settings that were deployed, and the zip of the stack whose hash
 * AWS Lambda reports.
 */
export async function deployedFunctions(stackFolder: string, caller: Caller, logs: string): Promise<Lambda> {
  const zips = zipsByHash(stackFolder);
  const { Functions } = await aws<{ Functions: Configuration[] }>(caller, 'lambda list-functions');
  return new Lambda({
    functions: Functions.map((configuration) => functionOf(configuration, zips)),
    environment: awsVariables(caller),
    // The account's own: the emulator asks nobody for permission.
    credentials: () => Promise.resolve({}),
    // Every report of moto is from 2015, so that no poll takes it for the one that was requested.
    waitSeconds: 0.1,
    logs,
  });
}

function functionOf(deployed: Configuration, zips: Map<string, string>): SynthesizedFunction {
  const { FunctionName: name, CodeSha256 } = deployed;
  const zip = zips.get(CodeSha256);
  if (zip === undefined) throw new Error(`${name} has code of hash ${CodeSha256}, which is not in the stack`);
  return {
    name,
    zip,
    handler: deployed.Handler,
    timeoutSeconds: deployed.Timeout,
    memoryMb: deployed.MemorySize,
    environment: deployed.Environment.Variables,
  };
}

function zipsByHash(stackFolder: string): Map<string, string> {
  return new Map(
    readdirSync(stackFolder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.zip'))
      .map((file) => join(stackFolder, file))
      .map((zip) => [createHash('sha256').update(readFileSync(zip)).digest('base64'), zip]),
  );
}
