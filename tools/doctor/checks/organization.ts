import { check, ok, problem } from '../check';

export const organization = check({
  id: 'organization',
  question: 'Is there an organization with all features, and is it the one in the file?',
  needs: 'aws',
  read: async (aws) => (await aws.find('organizations:DescribeOrganization', {}))?.Organization,
  judge: (found, { caller, environment: { organizationId } }) => {
    if (!found?.Id)
      return problem(
        `account ${caller.account} is in no organization`,
        'aws organizations create-organization --feature-set ALL',
      );
    if (organizationId !== undefined && found.Id !== organizationId)
      return problem(
        `the account is in organization ${found.Id}, but organizationId is ${organizationId}`,
        `Sign in to an account of ${organizationId}, or set organizationId to ${found.Id}`,
      );
    if (found.FeatureSet !== 'ALL')
      return problem(
        `organization ${found.Id} has consolidated billing only; StackSets need all features`,
        'aws organizations enable-all-features',
      );
    return ok(`${found.Id} has all features`);
  },
});
