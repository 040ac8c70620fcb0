import * as z from 'zod';

/** As much of `terraform show -json PLAN` as the comment needs: https://developer.hashicorp.com/terraform/internals/json-format */

const Change = z.looseObject({
  actions: z.array(z.string()),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
  after_unknown: z.unknown().optional(),
  /** Paths of the attributes that force a replacement. */
  replace_paths: z.array(z.array(z.union([z.string(), z.number()]))).optional(),
  importing: z.unknown().optional(),
});

const ResourceChange = z.looseObject({
  address: z.string(),
  previous_address: z.string().optional(),
  action_reason: z.string().optional(),
  change: Change,
});
export type ResourceChange = z.infer<typeof ResourceChange>;

/** A resource that Terraform leaves to a later plan, because something about it is not known yet. */
const DeferredChange = z.looseObject({
  reason: z.string().optional(),
  resource_change: z.looseObject({ address: z.string() }),
});

/** A plan. The JSON of a state, which looks similar, has `values` instead of `planned_values`. */
const PlanJson = z
  .looseObject({
    // Another major version may mean something else.
    format_version: z.string().regex(/^1\./, 'must be 1.x'),
    errored: z.boolean().optional(),
    /** False if another plan is needed after this one, since Terraform 1.8. */
    complete: z.boolean().optional(),
    planned_values: z.unknown().optional(),
    deferred_changes: z.array(DeferredChange).optional(),
    resource_changes: z.array(ResourceChange).optional(),
    output_changes: z.record(z.string(), z.looseObject({ actions: z.array(z.string()) })).optional(),
  })
  // Terraform leaves the list of changes out when it is empty.
  .refine(
    ({ errored, planned_values, resource_changes }) =>
      errored === true || planned_values !== undefined || resource_changes !== undefined,
    { path: ['planned_values'], error: 'is missing' },
  );
export type PlanJson = z.infer<typeof PlanJson>;

/**
 * @throws when the text is not a plan: other JSON must not be mistaken for a plan without changes. The message does not
 * quote the text, which can contain secrets
 */
export function parsePlan(text: string): PlanJson {
  const { success, data, error } = PlanJson.safeParse(jsonOf(text));
  if (success) return data;
  const problems = error.issues.map(({ path, message }) => [...path, message].join(' '));
  throw notAPlan(`is not a plan: ${problems.join(', ')}`);
}

function jsonOf(text: string): unknown {
  if (text.trim() === '') throw notAPlan('is empty');
  try {
    return JSON.parse(text);
  } catch {
    throw notAPlan('is not JSON');
  }
}

const notAPlan = (reason: string) =>
  new Error(`standard input ${reason}; it must be the output of \`terraform show -json PLAN\``);
