import * as z from 'zod';
import { Environment } from './environment';

/** The JSON schema of an environment file. */
export const environmentJsonSchema = () => z.toJSONSchema(Environment, { io: 'input', reused: 'inline' });

/** Text of `environments/schema.json`, with which editors complete and check the files. */
export function environmentSchemaText(): string {
  const schema = { title: 'An environment of the IAM credential reports', ...environmentJsonSchema() };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
