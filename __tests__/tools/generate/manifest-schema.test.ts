import { readFileSync } from 'node:fs';
import { MANIFEST_SCHEMA_FILE, manifestSchema } from '../../../tools/generate/manifest-schema';

describe('the published schema of the manifest', () => {
  it('is what the source says; npm run schemas writes it anew', () => {
    expect(readFileSync(MANIFEST_SCHEMA_FILE, 'utf8')).toBe(manifestSchema());
  });

  it('describes every field', () => {
    const { properties } = JSON.parse(manifestSchema()) as {
      properties: Record<string, Record<string, unknown>>;
    };
    const { accounts, totals } = properties as unknown as {
      accounts: { items: { oneOf?: object[]; anyOf?: object[] } };
      totals: { properties: Record<string, { description?: string }> };
    };
    expect(accounts.items.oneOf ?? accounts.items.anyOf).toHaveLength(3);
    for (const total of Object.values(totals.properties)) expect(total.description).toBeTruthy();
  });
});
