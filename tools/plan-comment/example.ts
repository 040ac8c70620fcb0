/** The example of a plan, and the policy of the role that makes plans, as they lie in the repository. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PolicyDocument } from '../../constructs/policy';
import { type PlanJson, type ResourceChange, driftedResources } from './plan';
import { planComment } from './render';
import { projectRoot } from '../support/project-root';

const docs = join(projectRoot, 'docs');
const EXAMPLE = join(docs, 'plan-comment-example.md');
const PLAN = join(__dirname, 'example-plan.json');

export const planPolicyText = () => readFileSync(join(docs, 'plan-role-permissions.json'), 'utf8');
export const planTrustText = () => readFileSync(join(docs, 'plan-role-trust.json'), 'utf8');
export const planReviewDocs = () => readFileSync(join(docs, 'plan-review.md'), 'utf8');
export const commentInDocs = () => readFileSync(EXAMPLE, 'utf8');
/** A plan that Terraform made against the emulator. */
export const examplePlan = () => JSON.parse(readFileSync(PLAN, 'utf8')) as PlanJson;

/** Every action that the plan role may call. */
export function planPolicyActions(): string[] {
  const { Statement } = JSON.parse(planPolicyText()) as PolicyDocument;
  return Statement.flatMap(({ Action }) => Action);
}

export function renewExample(plan: PlanJson): void {
  writeFileSync(PLAN, `${JSON.stringify(plan, null, 1)}\n`);
  writeFileSync(EXAMPLE, planComment({ environment: 'production', plan }));
}

/** What the comment is made of; the rest of a plan is configuration, state, and what services fill in. */
export function withoutNoise(plan: PlanJson): PlanJson {
  const { terraform_version, errored, resource_changes = [], relevant_attributes, output_changes } = plan;
  const drifted = driftedResources(plan);
  const lean = (resource: ResourceChange) =>
    resource.change.actions.join() === 'no-op' ? { ...resource, change: { actions: ['no-op'] } } : resource;
  return {
    ...(terraform_version !== undefined && { terraform_version }),
    ...(errored !== undefined && { errored }),
    resource_changes: resource_changes.map(lean),
    resource_drift: (plan.resource_drift ?? []).filter(({ address }) => drifted.includes(address)),
    ...(relevant_attributes && { relevant_attributes }),
    ...(output_changes && { output_changes }),
  };
}
