import type { EvidenceStore } from '../../tools/verify/evidence-store';
import { FolderStore } from '../../tools/verify/folder-store';
import { TextPrinter } from '../../tools/verify/print-text';
import { Summary } from '../../tools/verify/summary';
import { type VerifyProps, verify } from '../../tools/verify/verify';

/** When the tests verify, if they do not say. */
export const NOW = new Date('2026-11-30T12:00:00Z');

/** What `npm run verify` prints about a store, without the name of the store, and its exit code. */
export async function verified(
  where: string | EvidenceStore,
  props: Partial<VerifyProps> = {},
): Promise<{ lines: string[]; exitCode: number }> {
  const store = typeof where === 'string' ? new FolderStore(where) : where;
  const lines: string[] = [];
  const printer = new TextPrinter((line) => void lines.push(line));
  const summary = new Summary();
  for await (const event of verify(store, { now: NOW, ...props })) {
    summary.add(event);
    printer.event(event);
  }
  const limits = summary.limits({
    hasPublicKeys: props.publicKeys !== undefined,
    expectsHead: props.expectHead !== undefined,
  });
  printer.end(summary, limits);
  return { lines, exitCode: summary.exitCode };
}
