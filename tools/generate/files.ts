import { join } from 'node:path';
import { environmentSchemaText, exemptionsSchemaText } from '../../constructs/environment/json-schema';
import { doctorPermissionsText } from '../doctor/permissions';
import { exampleComment } from '../plan-comment/example';
import { type GeneratedFiles, textOf } from '../support/generated-files';
import { projectRoot } from '../support/project-root';
import { bucketStatementsTable, denyPatternsTable, keyStatementsTable } from './existing-bucket-tables';
import { causedCostsTable } from './caused-costs';
import { eventTypes } from '../../handlers/shared/event-names';
import { eventSchemaFile, eventSchemaText } from './event-schemas';
import { manifestSchemaText } from './manifest-schema';
import { frameworksTable, partialControlsTable, wholeControlsTable } from './framework-tables';
import { frameworksModule, readFrameworks } from './frameworks';
import { replaceSection } from './markdown';
import {
  oddReportsTable,
  peerCallsTable,
  peerChecksTable,
  peerDifferencesTable,
  peerTotalsTable,
} from './peer-tables';
import { permissionsBoundaryText } from './permissions-boundary';
import { deprecatedTable, filledTable, takenOverTable, unprovenTable } from './provider-tables';
import { cdkNagTable, checkovTable, securityHubTable } from './scanner-tables';
import { settingsAndTimesTable } from './settings-and-times';
import { awsErrorsTable, checksTable, doctorTable, failureReasonsTable, optionsTable } from './tables';

/** Documents that have a generated section: its name, and what stands in it. */
const sections: readonly [document: string, section: string, content: () => string][] = [
  ['docs/options.md', 'options', optionsTable],
  ['docs/failures.md', 'failure-reasons', failureReasonsTable],
  ['docs/failures.md', 'aws-errors', awsErrorsTable],
  ['docs/checks.md', 'checks', checksTable],
  ['docs/frameworks.md', 'frameworks', frameworksTable],
  ['docs/frameworks.md', 'whole-controls', wholeControlsTable],
  ['docs/frameworks.md', 'partial-controls', partialControlsTable],
  ['docs/existing-bucket.md', 'bucket-statements', bucketStatementsTable],
  ['docs/existing-bucket.md', 'key-statements', keyStatementsTable],
  ['docs/existing-bucket.md', 'deny-patterns', denyPatternsTable],
  ['docs/doctor.md', 'doctor', doctorTable],
  ['docs/empty-plans.md', 'filled-by-aws', filledTable],
  ['docs/empty-plans.md', 'taken-over', takenOverTable],
  ['docs/empty-plans.md', 'deprecated', deprecatedTable],
  ['docs/tests.md', 'unproven', unprovenTable],
  ['docs/scanners.md', 'checkov', checkovTable],
  ['docs/scanners.md', 'security-hub', securityHubTable],
  ['docs/scanners.md', 'cdk-nag', cdkNagTable],
  ['docs/cost.md', 'caused-costs', causedCostsTable],
  ['docs/scale.md', 'settings-and-times', settingsAndTimesTable],
  ['docs/peers.md', 'peer-checks', peerChecksTable],
  ['docs/peers.md', 'peer-totals', peerTotalsTable],
  ['docs/peers.md', 'peer-prowler', () => peerDifferencesTable('prowler')],
  ['docs/peers.md', 'peer-custodian', () => peerDifferencesTable('custodian')],
  ['docs/peers.md', 'peer-powerpipe', () => peerDifferencesTable('powerpipe')],
  ['docs/peers.md', 'peer-security-hub', () => peerDifferencesTable('security-hub')],
  ['docs/peers.md', 'peer-odd-reports', oddReportsTable],
  ['docs/peers.md', 'peer-calls', peerCallsTable],
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
      ['schemas/exemptions.json', exemptionsSchemaText()],
      ...eventTypes.map((type) => [eventSchemaFile(type), eventSchemaText(type)] as const),
      ['docs/doctor-permissions.json', doctorPermissionsText()],
      ['docs/plan-comment-example.md', exampleComment()],
      ['docs/permissions-boundary.json', permissionsBoundaryText()],
      ['handlers/frameworks/index.ts', frameworksModule(readFrameworks(projectRoot))],
      ...documents,
    ]),
  };
}
