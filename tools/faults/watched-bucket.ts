/** Looks at every write to the bucket: whatever a reader can see at any time has to be right. */
import type { BatchOutcomes, ReportPack } from '../../handlers/shared/run-files';
import { callOf } from '../../local/fake-aws/faults/calls';
import type { EmbeddedAccount } from '../../local/fake-aws/organization/organization';
import type { Service } from '../../local/fake-aws/service';
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
    if (call?.name === 's3:PutFile' && pathname.includes('/report-packs/') && after) {
      broken.push(...foreign(pathname, after, accounts));
    }
    if (call?.name === 's3:PutFile' && pathname.includes('/outcomes/') && before && after) {
      broken.push(...lost(pathname, before, after));
    }
    return response;
  };
}

function foreign(path: string, file: Buffer, accounts: ReadonlyMap<string, EmbeddedAccount>): Broken[] {
  return Object.entries(JSON.parse(file.toString()) as ReportPack)
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
