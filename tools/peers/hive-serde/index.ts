import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { java } from '../java';
import { mavenJars } from '../maven-jars';

/** A table of the Glue catalog, as Terraform gets it. */
export interface GlueTable {
  readonly name: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly storage_descriptor: {
    readonly columns: readonly { readonly name: string }[];
    readonly ser_de_info: {
      readonly serialization_library: string;
      readonly parameters: Readonly<Record<string, string>>;
    };
  };
}

/**
 * The rows that a table's own SerDe finds in a file. A cell is null if the line has too few.
 * @throws JavaMissing on a machine without Java or Maven
 */
export function readTable(table: GlueTable, content: string | Uint8Array): (string | null)[][] {
  const { columns, ser_de_info: serde } = table.storage_descriptor;
  const properties = {
    columns: columns.map(({ name }) => name).join(','),
    ...serde.parameters,
  };
  const program = [
    // The SerDe's release is older than the modules of Java.
    '--add-opens=java.base/java.net=ALL-UNNAMED',
    ...['-cp', join(mavenJars('hive-serde'), '*'), join(__dirname, 'ReadTable.java')],
  ];
  const options = [
    serde.serialization_library,
    table.parameters['skip.header.line.count'] ?? '0',
    ...Object.entries(properties).map(([name, value]) => `${name}=${value}`),
  ];
  const output = execFileSync(java(), [...program, ...options], {
    input: content,
    maxBuffer: 1024 ** 3,
    // Not to the terminal: the compiler notes what is deprecated.
    stdio: ['pipe', 'pipe', 'pipe'],
    encoding: 'utf8',
  });
  const rows = output === '' ? [] : output.trimEnd().split('\n');
  return rows.map((row) => row.split(' ').map(decoded));
}

const decoded = (cell: string) => (cell === '-' ? null : Buffer.from(cell.slice(1), 'base64').toString());
