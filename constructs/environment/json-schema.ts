import * as z from 'zod';
import { Environment } from './environment';

/** The JSON schema of an environment, with which editors complete and check the files. */
export function environmentSchemaJson(): string {
  const schema = z.toJSONSchema(Environment, { io: 'input', reused: 'inline' });
  return `${JSON.stringify({ title: 'An environment of the IAM credential reports', ...schema }, null, 2)}\n`;
}
