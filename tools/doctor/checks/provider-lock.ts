import { PROVIDER_VERSIONS } from '../../../constructs/provider-versions';
import { lockedVersion } from '../../../constructs/environment/lock-files';
import { check, ok, problem, warning } from '../check';

export const providerLock = check({
  id: 'provider-lock',
  question: 'Is the environment kept at one version of the AWS provider, and is that one allowed?',
  needs: 'files',
  read: (_aws, { providerLock: text }) => (text === undefined ? undefined : (lockedVersion(text) ?? '')),
  judge: (version, { name }) => {
    const mend = `npm run lock -- ${name}`;
    if (version === undefined)
      return warning('no version of the AWS provider is locked: each init takes the newest', mend);
    return satisfies(version, PROVIDER_VERSIONS)
      ? ok(`AWS provider ${version} is locked`)
      : problem(
          `the locked AWS provider ${version || '(no version)'} is not one of ${PROVIDER_VERSIONS}`,
          mend,
        );
  },
});

/** Whether a version is in a range of Terraform, such as `>= 6.64.0, < 7.0.0`. */
function satisfies(version: string, range: string): boolean {
  return range.split(',').every((constraint) => {
    const [, operator = '', bound = ''] = /^\s*(>=|<)\s*([\d.]+)\s*$/.exec(constraint) ?? [];
    const order = compared(version, bound);
    return operator === '>=' ? order >= 0 : operator === '<' && order < 0;
  });
}

function compared(one: string, other: string): number {
  const [left, right] = [one, other].map((version) => version.split('.').map(Number));
  return [0, 1, 2].reduce((order, index) => order || (left?.[index] ?? NaN) - (right?.[index] ?? 0), 0);
}
