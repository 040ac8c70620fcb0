import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { dependencies } from '../../../package.json';
import { billOfMaterials } from '../../../tools/release/bill-of-materials';
import { type ShippedPackage, shippedPackages } from '../../../tools/release/shipped-packages';
import { projectRoot } from '../../../tools/support/project-root';

interface Bill {
  serialNumber: string;
  metadata: { timestamp?: string; component: { name: string; version: string } };
  components: {
    name: string;
    version: string;
    hashes: { alg: string; content: string }[];
    licenses: { expression: string }[];
    properties: { name: string; value: string }[];
  }[];
}

const product = { name: 'iam-credential-reports', version: '0.2.0', license: 'Apache-2.0' };
/** A file that is only in the compiled constructs. */
const FILES = ['node_modules/jsonc-parser/lib/esm/main.js'];
const packages = shippedPackages(projectRoot, FILES);
const time = new Date('2026-12-01T10:00:00Z');
const text = billOfMaterials(product, packages, time);
const bill = JSON.parse(text) as Bill;

describe('the bill of materials', () => {
  it('is valid by the schema of CycloneDX 1.6', async () => {
    const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
    expect(await validator.validate(text)).toBeNull();
    expect(await validator.validate(text.replace('"library"', '"book"'))).not.toBeNull();
  });

  it('has the same bytes every time, in whatever order the packages are found', () => {
    expect(billOfMaterials(product, packages.toReversed(), time)).toBe(text);
    expect(billOfMaterials(product, shippedPackages(projectRoot, FILES), time)).toBe(text);
  });

  it('has a serial number that is made of its content', () => {
    expect(bill.serialNumber).toMatch(
      /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    const next = JSON.parse(billOfMaterials({ ...product, version: '0.2.1' }, packages, time)) as Bill;
    expect(next.serialNumber).not.toBe(bill.serialNumber);
  });

  it('has the time that is given, and otherwise none', () => {
    expect(bill.metadata.timestamp).toBe('2026-12-01T10:00:00.000Z');
    const untimed = JSON.parse(billOfMaterials(product, packages)) as Bill;
    expect(untimed.metadata.timestamp).toBeUndefined();
  });

  it('has every package of the bundles with version, license, hash, and the functions that have it', () => {
    const csv = bill.components.find(({ name }) => name === 'csv-parse');
    expect(csv).toEqual({
      ...{ type: 'library', name: 'csv-parse', version: dependencies['csv-parse'] },
      'bom-ref': `pkg:npm/csv-parse@${dependencies['csv-parse']}`,
      purl: `pkg:npm/csv-parse@${dependencies['csv-parse']}`,
      hashes: [{ alg: 'SHA-512', content: expect.stringMatching(/^[0-9a-f]{128}$/) as string }],
      licenses: [{ expression: 'MIT' }],
      properties: ['collect-reports', 'export-results', 'summarize-run'].map((value) => ({
        ...{ name: 'iam-credential-reports:usedBy', value },
      })),
    });
    for (const { name, hashes, licenses } of bill.components)
      expect([name, hashes.length, licenses.length]).toEqual([name, 1, 1]);
  });

  it('has no tool that builds or tests: nothing of them is in a bundle', () => {
    const names = bill.components.map(({ name }) => name);
    const tools = ['esbuild', 'typescript', 'jest', 'tsx', 'cdktf', '@cyclonedx/cyclonedx-library'];
    expect(names.filter((name) => tools.includes(name))).toEqual([]);
  });

  it('lists a package without license or hash all the same', () => {
    const unknown: ShippedPackage = {
      ...{ name: '@scope/one', version: '1.0.0', license: undefined, integrity: undefined, usedBy: [] },
    };
    const { components } = JSON.parse(billOfMaterials(product, [unknown])) as Bill;
    expect(components).toEqual([
      {
        ...{ type: 'library', name: '@scope/one', version: '1.0.0' },
        'bom-ref': 'pkg:npm/%40scope/one@1.0.0',
        purl: 'pkg:npm/%40scope/one@1.0.0',
      },
    ]);
  });
});
