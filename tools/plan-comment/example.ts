/** The example plan that the documents show, and the policy of the role that makes plans. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PolicyDocument } from '../../constructs/policy';
import { projectRoot } from '../support/project-root';
import { type PlanJson, parsePlan } from './plan-json';
import { planComment } from './render';

const docs = join(projectRoot, 'docs');
const PLAN = join(__dirname, 'example-plan.json');

export const planPolicyText = () => readFileSync(join(docs, 'plan-role-permissions.json'), 'utf8');
export const planTrustText = () => readFileSync(join(docs, 'plan-role-trust.json'), 'utf8');
export const planReviewDocs = () => readFileSync(join(docs, 'plan-review.md'), 'utf8');

/** A plan that Terraform made against the emulator. */
export const examplePlanText = () => readFileSync(PLAN, 'utf8');

/** Text of `docs/plan-comment-example.md`. */
export const exampleComment = () => commentOf(parsePlan(examplePlanText()));

export const commentOf = (plan: PlanJson) => planComment({ environment: 'production', plan });

/** Every action that the plan role may call. */
export function planPolicyActions(): string[] {
  const { Statement } = JSON.parse(planPolicyText()) as PolicyDocument;
  return Statement.flatMap(({ Action }) => Action);
}

export function saveExamplePlan(plan: PlanJson): void {
  writeFileSync(PLAN, `${JSON.stringify(plan, null, 1)}\n`);
}

/** What the comment is made of; the rest of a plan is configuration, state, and what services fill in. */
export function withoutNoise(plan: PlanJson): PlanJson {
  const { format_version, terraform_version, errored, complete, resource_changes, output_changes } = plan;
  return {
    format_version,
    ...(terraform_version !== undefined && { terraform_version }),
    ...(errored !== undefined && { errored }),
    ...(complete !== undefined && { complete }),
    resource_changes: resource_changes?.map((resource) =>
      resource.change.actions.join() === 'no-op' ? { ...resource, change: { actions: ['no-op'] } } : resource,
    ),
    ...(output_changes && { output_changes }),
  };
}
