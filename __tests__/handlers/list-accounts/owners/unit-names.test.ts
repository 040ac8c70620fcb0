import type {
  ListOrganizationalUnitsForParentCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { UnitNames } from '../../../../handlers/list-accounts/owners/unit-names';

/** More than are asked for at once. */
const PARENTS = Array.from({ length: 8 }, (_, number) => `ou-ab12-1111111${number}`);
const childOf = (parent: string) => `${parent}9`;

/** Names the child of every parent, unless the call for it fails. */
async function read(errorOf: (parent: string) => string | undefined) {
  const called: string[] = [];
  const send = ({ input: { ParentId = '' } }: ListOrganizationalUnitsForParentCommand) => {
    called.push(ParentId);
    const name = errorOf(ParentId);
    return name === undefined
      ? Promise.resolve({ OrganizationalUnits: [{ Id: childOf(ParentId), Name: 'child' }] })
      : Promise.reject(Object.assign(new Error('no'), { name }));
  };
  const units = new UnitNames({ send } as unknown as OrganizationsClient, new AbortController().signal);
  units.add(PARENTS.map((parent) => `${parent}/${childOf(parent)}/111111111111/`));
  await units.read(new Map(), () => false);
  return { called, known: [...units.known.keys()].sort(), notes: units.notes };
}

describe('the names of organizational units', () => {
  it('are read below every other unit if one call fails', async () => {
    const { known, notes } = await read((parent) =>
      parent === PARENTS.at(-1) ? 'ParentNotFoundException' : undefined,
    );
    expect(known).toEqual(PARENTS.slice(0, -1).map(childOf));
    expect(notes).toEqual([
      'Names of organizational units: 1 of the calls of organizations:ListOrganizationalUnitsForParent failed, the first with ParentNotFoundException',
    ]);
  });

  it('are not asked for again once the call is refused', async () => {
    const { called, notes } = await read(() => 'AccessDeniedException');
    expect(called.length).toBeLessThan(PARENTS.length);
    expect(notes).toEqual([
      'Names of organizational units: organizations:ListOrganizationalUnitsForParent failed with AccessDeniedException',
    ]);
  });
});
