import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentSchemaJson } from '../../constructs/environment-schema';

describe('environments/schema.json', () => {
  it('is what the checks of the environments say; npm run schemas renews it', () => {
    const written = readFileSync(join(__dirname, '../../environments/schema.json'), 'utf8');
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
