import { check, ok, problem, warning } from '../check';

/** Every account has the others. */
export const region = check({
  id: 'region',
  question: 'Has the account enabled the Region?',
  needs: 'aws',
  applies: ({ deployment }) => deployment.region !== deployment.memberRegion,
  read: async (aws, { deployment }) =>
    (await aws.get('account:GetRegionOptStatus', { RegionName: deployment.region })).RegionOptStatus,
  judge: (status, { deployment: { region: name }, caller }) => {
    if (status === 'ENABLED' || status === 'ENABLED_BY_DEFAULT')
      return ok(`${name} is enabled in account ${caller.account}`);
    if (status === 'ENABLING')
      return warning(`${name} is being enabled in account ${caller.account}, which can take hours`);
    return problem(
      `${name} is ${status ?? 'not known'} in account ${caller.account}`,
      `aws account enable-region --region-name ${name}`,
    );
  },
});
