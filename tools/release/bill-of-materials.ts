import { createHash } from 'node:crypto';
import { Enums, Models, Serialize, Spec } from '@cyclonedx/cyclonedx-library';
import type { ShippedPackage } from './shipped-packages';

interface Product {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

/**
 * The bill of materials of a release in the format CycloneDX 1.6, as JSON. The same packages and time always give the same
 * bytes, with the same serial number.
 * @param time - of the commit; left out without it
 */
export function billOfMaterials(product: Product, packages: readonly ShippedPackage[], time?: Date): string {
  const bom = new Models.Bom({
    metadata: new Models.Metadata({
      timestamp: time,
      component: componentOf(Enums.ComponentType.Application, product),
    }),
    components: new Models.ComponentRepository(
      packages.map((one) => {
        const component = componentOf(Enums.ComponentType.Library, one);
        component.hashes = hashesOf(one.integrity);
        for (const user of one.usedBy)
          component.properties.add(new Models.Property('iam-credential-reports:usedBy', user));
        return component;
      }),
    ),
  });
  bom.serialNumber = serialNumberOf(serialized(bom));
  return `${serialized(bom)}\n`;
}

function componentOf(
  type: Enums.ComponentType,
  { name, version, license }: Pick<ShippedPackage, 'name' | 'version' | 'license'>,
): Models.Component {
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  const component = new Models.Component(type, name, { version, purl, bomRef: purl });
  if (license !== undefined) component.licenses.add(new Models.LicenseExpression(license));
  return component;
}

/** The lock file has hashes as browsers write them: the algorithm and Base64. */
function hashesOf(integrity = ''): Models.HashDictionary {
  const [, base64] = /^sha512-(\S+)$/.exec(integrity) ?? [];
  return new Models.HashDictionary(
    base64 === undefined
      ? []
      : [[Enums.HashAlgorithm['SHA-512'], Buffer.from(base64, 'base64').toString('hex')]],
  );
}

const serialized = (bom: Models.Bom): string =>
  new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6)).serialize(bom, {
    sortLists: true,
    space: 2,
  });

/** A UUID of version 8, which RFC 9562 leaves to those who use it: here it is made of the content. */
function serialNumberOf(content: string): string {
  const bytes = createHash('sha256').update(content).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return `urn:uuid:${bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')}`;
}
