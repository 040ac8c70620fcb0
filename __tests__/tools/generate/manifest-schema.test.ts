import { manifestSchemaText } from '../../../tools/generate/manifest-schema';

describe('the published schema of the manifest', () => {
  it('knows the three outcomes of an account, and describes every total', () => {
    const { properties } = JSON.parse(manifestSchemaText()) as {
      properties: {
        accounts: { items: { oneOf?: object[]; anyOf?: object[] } };
        totals: { properties: Record<string, { description?: string }> };
      };
    };
    const { items } = properties.accounts;
    expect(items.oneOf ?? items.anyOf).toHaveLength(3);
    for (const total of Object.values(properties.totals.properties)) expect(total.description).toBeTruthy();
  });
});
