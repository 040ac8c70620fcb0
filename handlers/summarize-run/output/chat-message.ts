import * as z from 'zod/mini';
import { severities } from '../../checks/check';
import type { ChangesOfWeek } from '../../core/changes-of-week';
import type { RunContent } from '../../core/manifest';
import type { ShownFinding } from '../samples';
import type { DigestPlaces, ReadablePlace } from './places';
import { verdictOf } from './digest-parts';
import { messageLine } from '../../shared/message-line';

const texts = z.array(z.string());

/**
 * What Amazon Q Developer in chat applications shows in Slack and Microsoft Teams, without the fields that are always the
 * same (https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html).
 */
export const ChatMessage = z.object({
  content: z.object({ title: z.string(), description: z.string(), nextSteps: texts, keywords: texts }),
  metadata: z.object({
    threadId: z.string(),
    summary: z.string(),
    eventType: z.string(),
    relatedResources: texts,
    additionalContext: z.record(z.string(), z.string()),
  }),
});
export type ChatMessage = z.infer<typeof ChatMessage>;

/** A chat is no place for lists. */
const SHOWN_FINDINGS = 10;
/** Characters of a name, and of a problem: the whole description stays below the 3,000 characters that Slack accepts in a text. */
const MAX_NAME = 64;
const MAX_PROBLEM = 500;

/**
 * @param newFindings - the worst first
 * @param week - what changed in the week, for a weekly digest after an earlier day
 */
export function chatMessage(
  manifest: RunContent,
  subject: string,
  newFindings: readonly ShownFinding[],
  { page, changes }: Pick<DigestPlaces, 'page' | 'changes'>,
  week?: ChangesOfWeek,
): ChatMessage {
  const { environment, date, execution, complete, totals } = manifest;
  const hasNew = newFindings.length > 0;
  return {
    content: {
      title: subject,
      description: [
        verdictOf(manifest),
        '',
        ...countsOf(manifest, week),
        ...findingLines(manifest, newFindings),
      ].join('\n'),
      nextSteps: [
        step('Open the page of the day', page),
        ...(hasNew ? [step('See what changed', changes)] : []),
      ],
      keywords: [environment],
    },
    metadata: {
      // Runs of a day are told in one thread.
      threadId: `${environment}-${date}`,
      summary: subject,
      eventType: 'CredentialReportRun',
      relatedResources: [page.url],
      additionalContext: {
        environment,
        date,
        execution: messageLine(execution),
        complete: String(complete),
        failed: String(totals.failed),
        findings: String(totals.findings),
      },
    },
  };
}

function countsOf({ totals, changes }: RunContent, week?: ChangesOfWeek): string[] {
  const bySeverity = severities.map((severity) => `${totals.findingsBySeverity[severity]} ${severity}`);
  return [
    `- Accounts: ${totals.collected} collected, ${totals.failed} failed, ${totals.skipped} skipped`,
    `- Findings: ${totals.findings} (${bySeverity.join(', ')})`,
    ...(week
      ? [
          `- Since the weekly digest of ${week.since}: ${week.newFindings} new, ${week.resolvedFindings} resolved`,
        ]
      : []),
    changes
      ? `- Since ${changes.since.date}: ${changes.newFindings} new, ${changes.resolvedFindings} resolved`
      : '- There is no earlier day to compare with.',
  ];
}

function findingLines({ changes }: RunContent, newFindings: readonly ShownFinding[]): string[] {
  const shown = newFindings.slice(0, SHOWN_FINDINGS);
  const more = (changes?.newFindings ?? 0) - shown.length;
  if (shown.length === 0) return [];
  return [
    '',
    'New findings, the worst first:',
    '',
    ...shown.map(
      ({ severity, account, user, check }) =>
        `- ${severity}: ${quoted(`${account.id} ${account.name}`)}: ${quoted(user)}: ${check.id}`,
    ),
    ...(more > 0 ? [`- and ${more} more`] : []),
  ];
}

const step = (what: string, { url, console = url }: ReadablePlace) => `${what}: ${console}`;

/**
 * Text from outside as code, in which neither Slack nor Teams formats, links or mentions anything. The characters that would end
 * the code or begin a mention are replaced by similar ones.
 */
export function quoted(text: string, max = MAX_NAME): string {
  // Brackets around what looks like an address count too.
  const line = messageLine(text);
  const characters = Array.from(line);
  const cut = characters.length > max ? `${characters.slice(0, max - 1).join('')}…` : line;
  const similar: Readonly<Record<string, string>> = { '`': "'", '<': '\u2039', '>': '\u203a' };
  return `\`${cut.replace(/[`<>]/g, (character) => similar[character] ?? '')}\``;
}

/**
 * The notification as it is published.
 * @param problem - what is wrong with the evidence of the run
 */
export function notification({ content, metadata }: ChatMessage, problem?: string): string {
  const { description, ...rest } = content;
  const all = problem === undefined ? description : `${quoted(problem, MAX_PROBLEM)}\n\n${description}`;
  return JSON.stringify({
    version: '1.0',
    source: 'custom',
    content: { textType: 'client-markdown', ...rest, description: all },
    metadata,
  });
}
