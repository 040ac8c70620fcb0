import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentSchemaJson } from '../../../constructs/environment/json-schema';
import { projectRoot } from '../../../tools/support/project-root';

describe('environments/schema.json', () => {
  it('is what the checks of the environments say; npm run schemas renews it', () => {
    const written = readFileSync(join(projectRoot, 'environments', 'schema.json'), 'utf8');
    expect(written).toBe(environmentSchemaJson());
  });

  it('knows every field by name and allows no other', () => {
    const schema = JSON.parse(environmentSchemaJson()) as {
      properties: object;
      additionalProperties: boolean;
    };
    expect(schema.additionalProperties).toBe(false);
    expect(Object.keys(schema.properties)).toEqual(expect.arrayContaining(['bucket', 'waiting', 'backend']));
  });
});
