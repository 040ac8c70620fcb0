import { isoWeekOf } from '../../core/iso-week';
import type { RunContent } from '../../core/manifest';
import type { DigestOccasion } from '../../shared/events';

/** Whether a digest is sent. Without an earlier day, every finding is new, and so is the week. */
export function isDigestDue(occasion: DigestOccasion, content: RunContent): boolean {
  const { date, totals, complete, changes } = content;
  if (!complete || occasion === 'always') return true;
  // Runs of the same day are compared with the same earlier day.
  if (occasion === 'weekly') return !changes || isoWeekOf(changes.since.date) !== isoWeekOf(date);
  // What a changed rule makes appear was not told before either.
  const unknownBefore = changes ? changes.newFindings + changes.appearedFindings : totals.findings;
  return occasion === 'new-findings' && unknownBefore > 0;
}
