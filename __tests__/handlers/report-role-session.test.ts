import { GenerateCredentialReportCommand } from '@aws-sdk/client-iam';
import pMap from 'p-map';
import { keptSessions } from '../../handlers/report-role-session';
import type { Services } from '../../local/organization/server';
import { accountOfSession } from '../../local/organization/sts-service';
import { type Embedded, embedded } from '../embedded';

describe('the session of the report role', () => {
  let world: Embedded;
  const signedFor: string[] = [];
  const assumed: string[] = [];

  const recorded = ({ iam, sts, ...services }: Services): Services => ({
    ...services,
    iam: (request) => {
      signedFor.push(accountOfSession(request.accessKeyId));
      return iam!(request);
    },
    sts: (request) => {
      assumed.push(request.body.toString());
      return sts!(request);
    },
  });

  beforeEach(async () => {
    world = await embedded({ accounts: 60 }, recorded);
    signedFor.length = assumed.length = 0;
  });
  afterEach(() => world.stop());

  it('signs the calls of each account with its own session, whatever else is in flight', async () => {
    const { sessions } = world.collector;
    const ids = world.organization.accounts.map(({ id }) => id);
    const seen = await pMap(
      ids,
      async (id) => {
        const iam = await sessions.iam(id, {});
        // Others get their sessions between this account's session and its calls.
        await new Promise((resolve) => setTimeout(resolve, Number(id) % 7));
        const before = signedFor.length;
        await iam.send(new GenerateCredentialReportCommand({}));
        await iam.send(new GenerateCredentialReportCommand({}));
        return signedFor.slice(before).filter((account) => account === id).length;
      },
      { concurrency: 20 },
    );
    expect(seen).toEqual(ids.map(() => 2));
    expect(signedFor).toHaveLength(2 * ids.length);
  });

  it('assumes the role once for an account that is asked twice while sessions are kept', async () => {
    const sessions = keptSessions(world.collector.sessions);
    const [account] = world.organization.accounts;
    for (let look = 0; look < 2; look++) {
      const iam = await sessions.iam(account!.id, {});
      await iam.send(new GenerateCredentialReportCommand({}));
    }
    expect(assumed).toHaveLength(1);
    expect(signedFor).toEqual([account!.id, account!.id]);
  });
});
