import { join } from 'node:path';
import { environmentSchemaText } from '../../constructs/environment/json-schema';
import { exampleComment } from '../plan-comment/example';
import { type GeneratedFiles, textOf } from '../support/generated-files';
import { manifestSchemaText } from './manifest-schema';
import { replaceSection } from './markdown';
import { checksTable, failureReasonsTable, optionsTable } from './tables';

/** Documents that have a generated section: its name, and what stands in it. */
const sections: readonly [document: string, section: string, content: () => string][] = [
  ['docs/options.md', 'options', optionsTable],
  ['docs/failures.md', 'failure-reasons', failureReasonsTable],
  ['docs/checks.md', 'checks', checksTable],
];

/**
 * Every file that is generated from the sources.
 * @param root - folder whose documents get the generated sections
 */
export function generatedFiles(root: string): GeneratedFiles {
  const documents = sections.map(([path, section, content]): [string, string] => {
    const document = textOf(join(root, path));
    return [path, replaceSection(document, path, section, content())];
  });
  return {
    files: new Map([
      ['environments/schema.json', environmentSchemaText()],
      ['schemas/manifest.json', manifestSchemaText()],
      ['docs/plan-comment-example.md', exampleComment()],
      ...documents,
    ]),
  };
}
