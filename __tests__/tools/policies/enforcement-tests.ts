/** A complete run of the real bundles, in which an evaluator of IAM policies decides every call. */
import { type Attack, administratorAttacks, attacks } from '../../../tools/policies/attacks';
import { isAllowed } from '../../../tools/policies/authorization';
import { type Condition, conditionsOf, withoutCondition } from '../../../tools/policies/conditions';
import { Enforcement } from '../../../tools/policies/enforcement';
import { enforcedEnvironments } from '../../../tools/policies/environments';
import { NEEDED_ELSEWHERE, removals, row } from '../../../tools/policies/removal';
import { run } from '../../../tools/policies/run';

/** Time for a run without each part of the policies, ms: more than a hundred runs. */
const TIME_FOR_REMOVALS = 900_000;

/** What is true of the policies of every environment. Each has a file of tests of its own, because each takes long. */
export function enforcementTests(name: string): void {
  const environment = enforcedEnvironments().find((one) => one.name === name);
  if (!environment) throw new Error(`there is no enforced environment "${name}"`);
  describe(`in the environment ${environment.name}`, () => {
    const { deployed } = environment;
    let enforcement: Enforcement;
    beforeAll(async () => {
      enforcement = await Enforcement.start(environment);
    });
    afterAll(() => enforcement.stop());

    it('the policies allow every call of a run', async () => {
      expect(await run(enforcement, deployed)).toMatchObject({
        status: 'SUCCEEDED',
        output: { collected: 4, failed: 1, skipped: 1 },
      });
      expect(enforcement.denied).toEqual([]);
    });

    it('a run is complete if every call for owners is denied, and tags are read one by one if only that is allowed', async () => {
      const withoutOwners = (...sids: string[]) =>
        sids.reduce((policies, sid) => policies.without({ document: 'list-accounts/policy', sid }), deployed);
      const calls = (list: readonly { action: string }[]) => list.map(({ action }) => action);
      const complete = { status: 'SUCCEEDED', output: { collected: 4, failed: 1, skipped: 1 } };
      expect(await run(enforcement, withoutOwners('ReadTags'))).toMatchObject(complete);
      expect(calls(enforcement.denied)).toEqual(['tag:GetResources']);
      expect(calls(enforcement.allowed)).toContain('organizations:ListTagsForResource');
      const everything = withoutOwners(
        'ReadTags',
        'ReadTagsOneByOne',
        'ReadUnitNames',
        'KeepDirectory',
        'ReadOwnersFile',
      );
      expect(await run(enforcement, everything)).toMatchObject(complete);
      expect(calls(enforcement.allowed).filter((action) => /tag:|Tags|Units/.test(action))).toEqual([]);
      expect(new Set(calls(enforcement.denied))).toEqual(
        new Set([
          'tag:GetResources',
          'organizations:ListTagsForResource',
          'organizations:ListOrganizationalUnitsForParent',
          's3:GetObject',
          's3:PutObject',
        ]),
      );
    });

    it('the logs name run and account in JSON, and contain neither credentials nor reports', async () => {
      await run(enforcement, deployed);
      const { printed } = enforcement;
      const entries = printed.map(
        (line) => JSON.parse(line) as { run?: string; _aws?: object; message?: string; account?: string },
      );
      expect(entries.filter(({ run, _aws }) => (run ?? _aws) === undefined)).toEqual([]);
      const polled = entries.filter(({ message }) => message === 'polled account');
      expect(polled).not.toEqual([]);
      for (const { account } of polled) expect(account).toMatch(/^\d{12}$/);
      expect(printed.filter((line) => /A(KIA|SIA)LOCA|user\/|<root_account>|password/.test(line))).toEqual(
        [],
      );
    });

    it(
      'a run needs every statement, action and resource of the policies',
      async () => {
        const notNeeded = (await removals(enforcement)).filter(
          ({ denied, reason }) => denied === undefined && reason === undefined,
        );
        expect(notNeeded.map(row)).toEqual([]);
      },
      TIME_FOR_REMOVALS,
    );

    it.each(attacks(environment).map((attack): [string, Attack] => [attack.title, attack]))(
      'this is denied: %s',
      async (_title, attack) => {
        expect(await isAllowed(attack, deployed, environment)).toBe(false);
        if (attack.deniedBy) {
          const without = deployed.without(attack.deniedBy);
          expect(await isAllowed(attack, without, environment)).toBe(true);
        }
      },
    );

    it('every condition denies one of these attacks', async () => {
      const tried = [...attacks(environment), ...administratorAttacks(environment)];
      const notNeeded: Condition[] = [];
      for (const condition of conditionsOf(deployed)) {
        const without = withoutCondition(deployed, condition);
        const allowed = await Promise.all(tried.map((attack) => isAllowed(attack, without, environment)));
        if (!allowed.includes(true)) notNeeded.push(condition);
      }
      expect(notNeeded).toEqual([]);
    });

    it('every Deny statement denies one of these attacks', () => {
      const denials = deployed.parts.filter(
        (part) =>
          part.action === undefined &&
          part.resource === undefined &&
          deployed.statement(part)?.Effect === 'Deny',
      );
      const refusing = attacks(environment).flatMap(({ deniedBy }) => deniedBy ?? []);
      expect(refusing).toEqual(expect.arrayContaining(denials));
    });

    it('every statement that is needed elsewhere exists', () => {
      const sids = new Set(deployed.parts.map(({ sid }) => sid));
      expect(Object.keys(NEEDED_ELSEWHERE).filter((sid) => !sids.has(sid))).toEqual([]);
    });
  });
}
