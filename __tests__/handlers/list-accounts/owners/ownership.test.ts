/** Owners in the ledger, read by real SDK clients from the embedded organization. */
import { listAccounts } from '../../../../handlers/list-accounts/list-accounts';
import type { OwnerSettings, RunSettings } from '../../../../handlers/shared/events';
import { daysAfter } from '../../../../handlers/shared/calendar';
import { keys } from '../../../../handlers/shared/bucket-layout';
import type { Ledger } from '../../../../handlers/shared/run-files';
import type { OrganizationProps } from '../../../../local/fake-aws/organization/organization';
import type { Services } from '../../../../local/fake-aws/server';
import { type Service, ServiceError, type ServiceResponse } from '../../../../local/fake-aws/service';
import { type Embedded, embedded } from '../../../../tools/support/embedded';
import {
  COLLECTING_ACCOUNT,
  defaultSettings,
  runningAt,
  startOf,
} from '../../../../tools/support/embedded-execution';
import '../../../support/quiet';

const TODAY = '2026-11-22';
const tags = (index: number): Record<string, string> =>
  index % 3 === 0 ? {} : { Owner: `team-${index}`, Other: 'x' };

const PAGE = { status: 200, headers: { 'content-type': 'text/html' } };
const refusal = (code: string): never => {
  throw new ServiceError(400, code, 'not now');
};

describe('the owners in the ledger', () => {
  let aws: Embedded;
  afterEach(() => aws.stop());

  /** Counts and changes the calls to a service. */
  const calls: string[] = [];
  beforeEach(() => {
    calls.length = 0;
  });
  const start = async (
    props: Partial<OrganizationProps> = {},
    answer: (action: string, serve: () => ReturnType<Service>) => ReturnType<Service> = (_, serve) => serve(),
  ) => {
    const counted =
      (serve: Service): Service =>
      (request) => {
        const action = request.headers['x-amz-target']?.split('.')[1] ?? '';
        calls.push(action);
        return answer(action, () => serve(request));
      };
    aws = await embedded({ accounts: 12, tags, ...props }, (services: Services) => ({
      ...services,
      organizations: counted(services.organizations!),
      tagging: counted(services.tagging!),
    }));
  };

  const list = async (owners: Partial<OwnerSettings>, day = TODAY): Promise<Ledger> => {
    const settings: RunSettings = {
      ...defaultSettings,
      owners: { file: false, email: false, unitNames: false, ...owners },
    };
    const inOrganization = (text: string) =>
      text.replace(COLLECTING_ACCOUNT, aws.organization.accounts[0]!.id);
    const running = runningAt(`${day}T04:00:00.000Z`, settings);
    const { execution } = startOf(`run-${day}`, settings);
    await listAccounts({
      ...aws,
      ...running,
      stateMachine: inOrganization(running.stateMachine),
      batchSize: 20,
    })({ execution: inOrganization(execution), settings });
    return aws.json(keys.ledger(`${day}/run-${day}`)) as Ledger;
  };
  const refused =
    (...actions: string[]) =>
    (action: string, serve: () => ReturnType<Service>) => {
      if (actions.includes(action)) throw new ServiceError(400, 'AccessDeniedException', 'not allowed');
      return serve();
    };
  const ownersOf = ({ accounts }: Ledger) => new Map(accounts.map(({ id, owner }) => [id, owner]));
  const expected = (asOf = TODAY) =>
    new Map(
      aws.organization.accounts.map(({ id, tags }) => [
        id,
        tags.Owner === undefined ? null : { name: tags.Owner, source: 'tag', asOf },
      ]),
    );
  const write = (key: string, content: unknown) => aws.bucket.putJson(key, content);

  it('are not read unless the environment asks for them', async () => {
    await start();
    aws.ownerClients = () => {
      throw new Error('clients are made');
    };
    await listAccounts({ ...aws, ...runningAt(`${TODAY}T04:00:00.000Z`), batchSize: 20 })(startOf('run'));
    const { accounts, notes } = aws.json(keys.ledger(`${TODAY}/run`)) as Ledger;
    expect(accounts.some((account) => 'owner' in account || 'tags' in account)).toBe(false);
    expect([notes, calls]).toEqual([undefined, ['ListAccounts']]);
  });

  it('come from the tags of all accounts, of which only the one that is asked for is kept', async () => {
    await start({ accounts: 250 });
    const ledger = await list({ tag: 'Owner' });
    expect(ownersOf(ledger)).toEqual(expected());
    expect(ledger.notes).toBeUndefined();
    expect(ledger.accounts.filter(({ tags }) => tags && 'Other' in tags)).toEqual([]);
    expect(calls.filter((action) => action !== 'ListAccounts')).toEqual(['GetResources', 'GetResources']);
  });

  it('are read account by account if a delegated administrator collects, and kept for the next run', async () => {
    await start({ delegated: true });
    expect(ownersOf(await list({ tag: 'Owner' }))).toEqual(expected());
    expect(calls).not.toContain('GetResources');
    expect(calls.filter((action) => action === 'ListTagsForResource')).toHaveLength(12);
    expect(aws.json(keys.directory('test'))).toMatchObject({ keys: ['Owner'] });
  });

  it('are read account by account if reading all tags is refused, which is told', async () => {
    await start({}, refused('GetResources'));
    const ledger = await list({ tag: 'Owner' });
    expect(ownersOf(ledger)).toEqual(expected());
    expect(ledger.notes).toEqual([
      'Account tags: tag:GetResources failed with AccessDeniedException; they are read account by account',
      'Account tags are read account by account: those of 12 accounts today, of 0 earlier, the oldest on 2026-11-22',
    ]);
  });

  it('are unknown, and the ledger complete, if everything is refused', async () => {
    await start({}, refused('GetResources', 'ListTagsForResource', 'ListOrganizationalUnitsForParent'));
    const ledger = await list({ tag: 'Owner', file: true, unitNames: true });
    expect(ledger.accounts).toHaveLength(12);
    expect(ledger.accounts.some((account) => 'owner' in account || 'unitNames' in account)).toBe(false);
    expect(ledger.notes).toEqual([
      'Owners file: s3://reports/owners.json does not exist',
      'Account tags: tag:GetResources failed with AccessDeniedException; they are read account by account',
      'Account tags: organizations:ListTagsForResource failed with AccessDeniedException',
      'Names of organizational units: organizations:ListOrganizationalUnitsForParent failed with AccessDeniedException',
      'The owners of 12 of 12 accounts are not known',
    ]);
  });

  it('are told as unknown if the tags do not arrive until the listing ends, which does not wait', async () => {
    let answered: () => void = () => undefined;
    await start({}, (action, serve) =>
      action === 'GetResources'
        ? new Promise((resolve) => {
            answered = () => {
              resolve(serve());
            };
          })
        : serve(),
    );
    const ledger = await list({ tag: 'Owner' });
    answered();
    expect(ledger.notes).toEqual([
      'Account tags: the listing of the accounts ended before all had arrived',
      'The owners of 12 of 12 accounts are not known',
    ]);
  });

  it('include those of accounts whose tags could be read when calls for others fail', async () => {
    let count = 0;
    await start({ delegated: true }, (action, serve) => {
      if (action === 'ListTagsForResource' && count++ % 2 === 0)
        throw new ServiceError(400, 'InvalidInputException', 'not now');
      return serve();
    });
    const ledger = await list({ tag: 'Owner' });
    expect([...ownersOf(ledger).values()].filter((owner) => owner !== undefined)).toHaveLength(6);
    expect(ledger.notes).toContain(
      'Account tags: 6 of the calls of organizations:ListTagsForResource failed, the first with InvalidInputException',
    );
  });

  it('are complete although some calls are throttled', async () => {
    let count = 0;
    await start({ accounts: 250 }, (action, serve) => {
      if (action === 'GetResources' && count++ === 0)
        throw new ServiceError(400, 'ThrottledException', 'Rate exceeded');
      return serve();
    });
    expect(ownersOf(await list({ tag: 'Owner' }))).toEqual(expected());
  });

  it.each<[string, () => ServiceResponse]>([
    ['throttled', () => refusal('TooManyRequestsException')],
    ['refused as those of an unknown caller', () => refusal('UnrecognizedClientException')],
    ['answered by a failure of the service', () => ({ status: 500, body: '{"__type":"ServiceException"}' })],
    ['answered by a page of a proxy', () => ({ ...PAGE, body: '<html>Sign in</html>' })],
    ['answered by nothing', () => ({ status: 200, body: '{}' })],
    ['answered by something else', () => ({ status: 200, body: '{"Tags":7,"ResourceTagMappingList":7}' })],
    ['reset', () => ({ status: 0, connection: 'reset' })],
    ['never answered', () => ({ status: 0, connection: 'silent' })],
  ])('never make a run fail: if every call for them is %s, the ledger is complete', async (_what, answer) => {
    for (const delegated of [true, false]) {
      await start({ delegated }, (action, serve) => (action === 'ListAccounts' ? serve() : answer()));
      const { accounts, notes } = await list({ tag: 'Owner', unitNames: true });
      expect(accounts).toHaveLength(12);
      // Neither an owner, nor the claim that there is none.
      expect(accounts.filter((account) => 'owner' in account)).toEqual([]);
      expect(notes?.at(-1)).toBe('The owners of 12 of 12 accounts are not known');
      if (delegated) await aws.stop();
    }
  });

  it('come from the owners file, whose invalid entries are told', async () => {
    await start();
    const [one, other] = aws.organization.accounts;
    await write(keys.ownersFile, { [one!.id]: 'Platform', [other!.id]: 7, Payments: 'x' });
    const ledger = await list({ file: true });
    expect(ownersOf(ledger).get(one!.id)).toMatchObject({ name: 'Platform', source: 'file' });
    expect(ownersOf(ledger).get(other!.id)).toBeNull();
    expect(ledger.notes).toEqual([
      'Owners file: 2 of 3 entries of s3://reports/owners.json are not an account ID or organizational unit with a name ' +
        `of 1 to 256 characters: "${other!.id}", "Payments"`,
    ]);
  });

  it.each([
    ['a list', '[]', /is not a JSON object of owners/],
    ['not JSON', '111111111111,Platform', /is not a JSON object of owners/],
    ['too large', ' '.repeat(9 * 2 ** 20), /has 9437184 bytes; at most 8388608 are read/],
  ])('are unknown if the owners file is %s', async (_what, content, message) => {
    await start();
    await aws.bucket.put(keys.ownersFile, content);
    const ledger = await list({ file: true });
    expect(ledger.notes?.[0]).toMatch(message);
    expect(ledger.accounts.some((account) => 'owner' in account)).toBe(false);
  });

  it('are email addresses only if the environment asks for them', async () => {
    await start();
    const { accounts } = await list({ tag: 'Owner', email: true });
    const byEmail = accounts.filter(({ owner }) => owner?.source === 'email');
    expect(byEmail).toHaveLength(4);
    expect(byEmail.every(({ owner }) => owner?.name.endsWith('@example.com'))).toBe(true);
    const without = await list({ tag: 'Owner' }, '2026-11-23');
    expect(JSON.stringify(without)).not.toContain('@');
  });

  describe('from what earlier runs kept', () => {
    const keep = (content: unknown) => write(keys.directory('test'), content);
    /** The organization, in which no tag can be read any more: only what is kept counts. */
    const kept = async (content: (id: string) => unknown) => {
      await start({ delegated: true }, refused('ListTagsForResource', 'ListOrganizationalUnitsForParent'));
      const { id } = aws.organization.accounts[0]!;
      await keep(content(id));
      const ledger = await list({ tag: 'Owner', unitNames: true });
      return { ledger, owner: ownersOf(ledger).get(id) };
    };

    it('carry the date on which they were read', async () => {
      const { owner } = await kept((id) => ({
        keys: ['Owner'],
        accounts: { [id]: { asOf: '2026-11-01', values: { Owner: 'Payments' } } },
        unread: [],
        units: {},
      }));
      expect(owner).toEqual({ name: 'Payments', source: 'tag', asOf: '2026-11-01' });
    });

    it('count for 120 days', async () => {
      const asOf = daysAfter(TODAY, -120);
      const { owner } = await kept((id) => ({
        keys: ['Owner'],
        accounts: { [id]: { asOf, values: { Owner: 'Payments' } } },
        unread: [],
        units: {},
      }));
      expect(owner).toMatchObject({ asOf });
    });

    it.each<[string, (id: string) => unknown]>([
      ['is not an object', () => 'x'],
      [
        'has an account that is none',
        () => ({ keys: ['Owner'], accounts: { x: {} }, unread: [], units: {} }),
      ],
      [
        'has a date that is none',
        (id) => ({
          keys: ['Owner'],
          accounts: { [id]: { asOf: 'x', values: { Owner: 'x' } } },
          unread: [],
          units: {},
        }),
      ],
      [
        'has a date in the future',
        (id) => ({
          keys: ['Owner'],
          accounts: { [id]: { asOf: '2027-01-01', values: { Owner: 'x' } } },
          unread: [],
          units: {},
        }),
      ],
      [
        'has tags that no run could read for more than 120 days',
        (id) => ({
          keys: ['Owner'],
          accounts: { [id]: { asOf: daysAfter(TODAY, -121), values: { Owner: 'x' } } },
          unread: [],
          units: {},
        }),
      ],
      [
        'was written for another tag',
        (id) => ({
          keys: ['Team'],
          accounts: { [id]: { asOf: '2026-11-01', values: { Owner: 'x' } } },
          unread: [],
          units: {},
        }),
      ],
      [
        'has a value that no tag can have',
        (id) => ({
          keys: ['Owner'],
          accounts: { [id]: { asOf: '2026-11-01', values: { Owner: 'x'.repeat(257) } } },
          unread: [],
          units: {},
        }),
      ],
    ])('do not count if the file %s', async (_what, content) => {
      const { ledger, owner } = await kept(content);
      expect(owner).toBeUndefined();
      expect(ledger.accounts).toHaveLength(12);
    });

    it('do not end the run if the file names more accounts to read than a call can have arguments', async () => {
      const unread = Array.from({ length: 200_000 }, (_, index) => String(100_000_000_000 + index));
      const { ledger } = await kept(() => ({ keys: ['Owner'], accounts: {}, unread, units: {} }));
      expect(ledger.accounts).toHaveLength(12);
    });

    it('add nothing to an account but its tag and the names of its units', async () => {
      const { ledger } = await kept((id) => ({
        keys: ['Owner'],
        accounts: {
          [id]: {
            asOf: '2026-11-01',
            values: { Owner: 'x', Other: 'y', __proto__: 'z' },
            skip: 'excluded account',
            state: 'CLOSED',
          },
        },
        unread: [],
        units: {},
        exemptions: [],
      }));
      const { id } = aws.organization.accounts[0]!;
      expect(ledger.accounts.find((account) => account.id === id)).toEqual({
        id,
        name: 'management',
        state: 'ACTIVE',
        batch: 1,
        path: aws.organization.accounts[0]!.path,
        owner: { name: 'x', source: 'tag', asOf: '2026-11-01' },
        tags: { Owner: 'x' },
      });
    });
  });

  describe('and names of organizational units', () => {
    it('are read for the units that accounts are in', async () => {
      await start();
      const { accounts } = await list({ unitNames: true });
      const names = new Set(accounts.map(({ unitNames }) => unitNames));
      expect(names).toEqual(new Set([undefined, 'workloads', 'security', 'development/sandbox']));
      expect(calls.filter((action) => action !== 'ListAccounts')).toEqual([
        'ListOrganizationalUnitsForParent',
        'ListOrganizationalUnitsForParent',
      ]);
      expect(accounts.some((account) => 'owner' in account && account.owner === undefined)).toBe(false);
    });

    it('are kept for runs in which they cannot be read', async () => {
      let isRefused = false;
      await start({}, (action, serve) => {
        if (isRefused) return refused('ListOrganizationalUnitsForParent')(action, serve);
        return serve();
      });
      await list({ unitNames: true }, '2026-11-21');
      isRefused = true;
      const { accounts, notes } = await list({ unitNames: true });
      expect(accounts.filter(({ unitNames }) => unitNames === undefined)).toHaveLength(1);
      expect(notes).toHaveLength(1);
    });
  });
});
