import * as z from 'zod';
import { Environment } from './environment';
import { exemptionsFile } from './exemptions-file';

/** The JSON schema of an environment file. */
export const environmentJsonSchema = () => z.toJSONSchema(Environment, { io: 'input', reused: 'inline' });

/** Text of `environments/schema.json`, with which editors complete and check the files. */
export function environmentSchemaText(): string {
  const schema = { title: 'An environment of the IAM credential reports', ...environmentJsonSchema() };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

/** Text of `schemas/exemptions.json`, the same for an exemptions file. */
export function exemptionsSchemaText(): string {
  const { $schema, ...schema } = z.toJSONSchema(exemptionsFile, { io: 'input', reused: 'inline' });
  const title = 'Exemptions of an environment of the IAM credential reports';
  return `${JSON.stringify({ $schema, title, ...schema }, null, 2)}\n`;
}
