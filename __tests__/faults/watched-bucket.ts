/** Looks at every write to the bucket: whatever a reader can see at any time has to be right. */
import type { BatchOutcomes, SmallReports } from '../../handlers/contract';
import { callOf } from '../../local/organization/calls';
import type { EmbeddedAccount } from '../../local/organization/model';
import type { Service } from '../../local/organization/service';
import type { Broken } from './broken';

export function watched(
  s3: Service,
  contents: ReadonlyMap<string, Buffer>,
  accounts: ReadonlyMap<string, EmbeddedAccount>,
  broken: Broken[],
): Service {
  return (request) => {
    if (request.method !== 'PUT') return s3(request);
    const { pathname } = request.url;
    const path = pathname.slice(1);
    const before = contents.get(path);
    const response = s3(request);
    const after = contents.get(path);
    const call = callOf('s3', request);
    if (call?.name === 's3:PutReport') {
      const report = accounts.get(call.account ?? '')?.currentReport()?.content;
      if (!report || !after?.equals(report)) {
        broken.push({ rule: 'a report in the bucket is always a whole one', detail: pathname });
      }
    }
    if (call?.name === 's3:PutFile' && pathname.includes('/small-reports/') && after) {
      broken.push(...foreign(pathname, after, accounts));
    }
    if (call?.name === 's3:PutFile' && pathname.includes('/outcomes/') && before && after) {
      broken.push(...lost(pathname, before, after));
    }
    return response;
  };
}

function foreign(path: string, file: Buffer, accounts: ReadonlyMap<string, EmbeddedAccount>): Broken[] {
  return Object.entries(JSON.parse(file.toString()) as SmallReports)
    .filter(([account, text]) => text !== accounts.get(account)?.currentReport()?.content.toString())
    .map(([account]) => ({
      rule: 'a small report that is kept for the summary is what IAM gave out',
      detail: `${account} in ${path}`,
    }));
}

function lost(path: string, before: Buffer, after: Buffer): Broken[] {
  const { outcomes } = JSON.parse(before.toString()) as BatchOutcomes;
  const now = new Map(
    (JSON.parse(after.toString()) as BatchOutcomes).outcomes.map((outcome) => [outcome.account, outcome]),
  );
  return outcomes
    .filter(({ account, outcome }) => {
      const held = now.get(account)?.outcome;
      return held === undefined || (outcome === 'collected' && held !== 'collected');
    })
    .map(({ account }) => ({ rule: 'an outcome that is recorded stays', detail: `${account} in ${path}` }));
}
