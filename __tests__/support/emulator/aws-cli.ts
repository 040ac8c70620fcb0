import { execFile } from 'node:child_process';
import { devNull } from 'node:os';
import { promisify } from 'node:util';
import { peerProgram } from '../../../tools/peers/peer-program';

/** Who calls, and where. */
export interface Caller {
  url: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

/** For commands that call nothing. */
export const nobody: Caller = {
  url: 'http://127.0.0.1:1',
  region: 'us-east-1',
  accessKeyId: 'test',
  secretAccessKey: 'test',
};

/** Variables that point any AWS SDK, the AWS CLI and Terraform to the emulator, and to nothing else. */
export function awsVariables(caller: Caller): Record<string, string> {
  return {
    ...withoutAws(process.env),
    AWS_ENDPOINT_URL: caller.url,
    AWS_REGION: caller.region,
    AWS_DEFAULT_REGION: caller.region,
    AWS_ACCESS_KEY_ID: caller.accessKeyId,
    AWS_SECRET_ACCESS_KEY: caller.secretAccessKey,
    ...(caller.sessionToken && { AWS_SESSION_TOKEN: caller.sessionToken }),
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

/** Whatever AWS configuration the person at this machine has stays out of the tests. */
function withoutAws(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value === undefined || name.startsWith('AWS_') || name.startsWith('TF_') ? [] : [[name, value]],
    ),
  );
}

/** Calls the AWS CLI; `command` is split at spaces, and what may hold some is given apart. */
export async function aws<Answer = unknown>(
  caller: Caller,
  command: string,
  options: Record<string, string> = {},
  operands: readonly string[] = [],
): Promise<Answer> {
  const given = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  const { stdout } = await promisify(execFile)(
    peerProgram('aws-cli', 'aws'),
    [...command.split(' '), ...operands, ...given, '--output', 'json'],
    { env: awsVariables(caller), maxBuffer: 64 * 2 ** 20 },
  );
  return (stdout.trim() === '' ? {} : JSON.parse(stdout)) as Answer;
}
