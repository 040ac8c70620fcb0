import { GenerateCredentialReportCommand } from '@aws-sdk/client-iam';
import pMap from 'p-map';
import { ServiceError } from '../../../../local/fake-aws/service';
import type { Services } from '../../../../local/fake-aws/server';
import { accountOfSession } from '../../../../local/fake-aws/sts-service';
import { type Embedded, embedded } from '../../../../tools/support/embedded';

describe('the session of the report role', () => {
  let world: Embedded;
  const signedFor: string[] = [];
  const assumed: string[] = [];
  let refusing = false;
  let ending = false;
  let ended: string | undefined;

  const recorded = ({ iam, sts, ...services }: Services): Services => ({
    ...services,
    iam: (request) => {
      signedFor.push(accountOfSession(request.accessKeyId));
      ended ??= request.accessKeyId;
      if (ending && ended === request.accessKeyId) throw new ServiceError(403, 'ExpiredToken', 'ended');
      return iam!(request);
    },
    sts: (request) => {
      assumed.push(request.body.toString());
      if (refusing) throw new ServiceError(403, 'AccessDenied', 'denied');
      return sts!(request);
    },
  });

  beforeEach(async () => {
    world = await embedded({ accounts: 60 }, recorded);
    signedFor.length = assumed.length = 0;
    ended = undefined;
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

  it('assumes the role once for looks that follow each other', async () => {
    const [account] = world.organization.accounts;
    for (let look = 0; look < 2; look++) {
      const iam = await world.collector.sessions.iam(account!.id, {});
      await iam.send(new GenerateCredentialReportCommand({}));
    }
    expect(assumed).toHaveLength(1);
    expect(signedFor).toEqual([account!.id, account!.id]);
  });

  it('assumes the role again when the session could end during the look', async () => {
    const [account] = world.organization.accounts;
    await world.collector.sessions.iam(account!.id, {});
    jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 700_000);
    await world.collector.sessions.iam(account!.id, {});
    jest.restoreAllMocks();
    expect(assumed).toHaveLength(2);
  });

  it('assumes the role again when IAM refused the session', async () => {
    const [account] = world.organization.accounts;
    ending = true;
    const first = await world.collector.sessions.iam(account!.id, {});
    await expect(first.send(new GenerateCredentialReportCommand({}))).rejects.toThrow('ended');
    const second = await world.collector.sessions.iam(account!.id, {});
    await expect(second.send(new GenerateCredentialReportCommand({}))).resolves.toBeDefined();
    ending = false;
    expect(assumed).toHaveLength(2);
  });

  it('does not keep a session that it did not get', async () => {
    const [account] = world.organization.accounts;
    refusing = true;
    await expect(world.collector.sessions.iam(account!.id, {})).rejects.toThrow('denied');
    refusing = false;
    await world.collector.sessions.iam(account!.id, {});
    expect(assumed).toHaveLength(2);
  });
});
