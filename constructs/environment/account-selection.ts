import type { AccountSelection } from '../../handlers/shared/events';
import { OU_PREFIX } from './accounts';
import type { Environment } from './environment';

/** What decides which accounts are collected. A target may be a token of CDKTF, which stands for the root. */
export interface SelectionOptions extends Pick<Environment, 'accounts' | 'collectFrom'> {
  readonly roleDeployment:
    | { readonly kind: 'stack-set'; readonly targets?: readonly string[] | undefined }
    | { readonly kind: 'none' };
}

/** The accounts that are collected: unless the environment says otherwise, those that get the report role. */
export function accountSelection({
  accounts: { includeOus, ...excluded },
  ...deployment
}: SelectionOptions): AccountSelection {
  const units = targetUnits(deployment.roleDeployment);
  if (includeOus !== undefined || units.length === 0) return { includeOus: includeOus ?? [], ...excluded };
  // Terraform creates the role of the management account; the StackSet creates that of a delegated administrator.
  const isMade = deployment.collectFrom === 'management-account';
  return { includeOus: units, ...(isMade && { includeCollectingAccount: true }), ...excluded };
}

/** The organizational units to which the StackSet deploys; none if it deploys to all, or if there is no StackSet. */
export function targetUnits(roleDeployment: SelectionOptions['roleDeployment']): readonly string[] {
  const targets = roleDeployment.kind === 'stack-set' ? (roleDeployment.targets ?? []) : [];
  return targets.every((target) => target.startsWith(OU_PREFIX)) ? targets : [];
}
