import { type CallName, calls, permissionOf } from '../../../tools/doctor/calls';
import { checks } from '../../../tools/doctor/checks';
import { doctorPermissionsText } from '../../../tools/doctor/permissions';

const names = Object.keys(calls) as CallName[];

interface Policy {
  Statement: { Sid: string; Action: string[]; Resource: string[] }[];
}

describe('the calls of the doctor', () => {
  it('only read; the session of a role may do less than the role', () => {
    const others = names.filter((name) => !/^[a-z0-9]+:(Get|List|Describe|Head)/.test(name));
    expect(others).toEqual(['sts:AssumeRole']);
  });

  it('are called as their permission says', () => {
    for (const name of names) {
      const { constructor } = calls[name].commandOf({} as never);
      const operation = constructor.name.replace(/Command$/, '');
      expect(operation).toMatch(/^(Get|List|Describe|Head|AssumeRole)/);
    }
  });

  it('are in the policy, each in one statement', () => {
    const { Statement } = JSON.parse(doctorPermissionsText()) as Policy;
    const allowed = Statement.flatMap(({ Action }) => Action).sort();
    expect(allowed).toEqual([...new Set(names.map(permissionOf))].sort());
    expect(new Set(Statement.map(({ Sid }) => Sid)).size).toBe(Statement.length);
  });

  it('fit into the managed policy of a role', () => {
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    expect(JSON.stringify(JSON.parse(doctorPermissionsText())).length).toBeLessThan(6144);
  });
});

describe('the checks of the doctor', () => {
  it('have IDs of their own', () => {
    expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
  });
});
