import { join } from 'node:path';
import { environmentSchemaText } from '../../constructs/environment/json-schema';
import { exampleComment } from '../plan-comment/example';
import { type GeneratedFiles, textOf } from '../support/generated-files';
import { manifestSchemaText } from './manifest-schema';
import { replaceSection } from './markdown';
import { permissionsBoundaryText } from './permissions-boundary';
import { deprecatedTable, filledTable, takenOverTable, unprovenTable } from './provider-tables';
import { checksTable, failureReasonsTable, optionsTable } from './tables';

/** Documents that have a generated section: its name, and what stands in it. */
const sections: readonly [document: string, section: string, content: () => string][] = [
  ['docs/options.md', 'options', optionsTable],
  ['docs/failures.md', 'failure-reasons', failureReasonsTable],
  ['docs/checks.md', 'checks', checksTable],
  ['docs/empty-plans.md', 'filled-by-aws', filledTable],
  ['docs/empty-plans.md', 'taken-over', takenOverTable],
  ['docs/empty-plans.md', 'deprecated', deprecatedTable],
  ['docs/tests.md', 'unproven', unprovenTable],
];

/**
 * Every file that is generated from the sources.
 * @param root - folder whose documents get the generated sections
 */
export function generatedFiles(root: string): GeneratedFiles {
  const documents = new Map<string, string>();
  for (const [path, section, content] of sections) {
    const document = documents.get(path) ?? textOf(join(root, path));
    documents.set(path, replaceSection(document, path, section, content()));
  }
  return {
    files: new Map([
      ['environments/schema.json', environmentSchemaText()],
      ['schemas/manifest.json', manifestSchemaText()],
      ['docs/plan-comment-example.md', exampleComment()],
      ['docs/permissions-boundary.json', permissionsBoundaryText()],
      ...documents,
    ]),
  };
}
