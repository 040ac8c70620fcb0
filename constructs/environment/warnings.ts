import { knowledgeOfRegion } from '../partition';
import { targetUnits } from './account-selection';
import type { Environment } from './environment';

/** What may be a mistake in an environment that is valid: one sentence each. */
export const warningsOf = (environment: Environment): string[] => [
  ...unknownRegion(environment),
  ...accountsWithoutRole(environment),
  ...contradictions(environment),
  ...destruction(environment),
  ...nobodyIsTold(environment),
];

function unknownRegion({ region }: Environment): string[] {
  if (knowledgeOfRegion(region) === 'listed') return [];
  return [
    `region ${region} is not among the Regions that this version knows; check its name, and that it offers all services`,
  ];
}

/** Units can contain others, which only AWS knows. */
function accountsWithoutRole({ accounts: { includeOus }, roleDeployment }: Environment): string[] {
  const units = targetUnits(roleDeployment);
  if (includeOus === undefined || units.length === 0) return [];
  if (includeOus.length === 0)
    return [
      'accounts.includeOus is [], which means every account, but only accounts below roleDeployment.targets get the report ' +
        'role; the others fail as role-not-assumable. Leave accounts.includeOus out to collect the accounts that get it',
    ];
  const others = includeOus.filter((unit) => !units.includes(unit));
  if (others.length === 0) return [];
  return [
    `accounts.includeOus has ${others.join(', ')}, which roleDeployment.targets does not list; accounts that are not below ` +
      'a target get no report role and fail as role-not-assumable. Add it to roleDeployment.targets, unless it is below one',
  ];
}

function contradictions({ accounts: { includeOus, excludeOus }, roleDeployment }: Environment): string[] {
  const included = includeOus ?? targetUnits(roleDeployment);
  const both = included.filter((unit) => excludeOus.includes(unit));
  if (both.length === 0) return [];
  const field = includeOus === undefined ? 'roleDeployment.targets' : 'accounts.includeOus';
  return [`${field} and accounts.excludeOus both have ${both.join(', ')}: no account below it is collected`];
}

const destruction = ({ allowDestroy }: Environment): string[] =>
  allowDestroy
    ? [
        'allowDestroy is true: a plan that replaces the bucket destroys it with every report. Deploy this option by itself, ' +
          'and change nothing else while it is set',
      ]
    : [];

const nobodyIsTold = ({ alertEmails }: Environment): string[] =>
  alertEmails.length > 0
    ? []
    : [
        'alertEmails is empty: nobody is told of accounts and runs that fail. Add an address, unless somebody subscribes to the ' +
          'topic in another way',
      ];
