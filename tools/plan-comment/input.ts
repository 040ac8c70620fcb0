import { z } from 'zod';
import type { PlanJson } from './plan';

const changes = z.array(
  z.looseObject({
    address: z.string(),
    type: z.string(),
    change: z.looseObject({ actions: z.array(z.string()) }),
  }),
);

/** What a plan has and other JSON does not, that of a state (`terraform show -json` without a file) included. */
const shape = z
  .looseObject({
    // https://developer.hashicorp.com/terraform/internals/json-format: of another major version nothing is known.
    format_version: z.string().regex(/^1\./),
    errored: z.boolean().optional(),
    resource_changes: changes.optional(),
    resource_drift: changes.optional(),
  })
  // Terraform leaves the list out when it stopped before the first resource.
  .refine(({ errored, resource_changes }) => errored === true || resource_changes !== undefined, {
    path: ['resource_changes'],
    error: 'is missing',
  });

/** @throws when the text is not what `terraform show -json PLAN` prints: it must not be taken for a plan without changes */
export function readPlan(text: string): PlanJson {
  const wanted = 'standard input has to be the output of `terraform show -json PLAN`';
  if (text.trim() === '') throw new Error(`${wanted}, but it is empty`);
  const { success, data, error } = shape.safeParse(parsed(text, wanted));
  if (success) return data;
  const problems = error.issues.map(({ path, message }) => [...path, message].join(' '));
  throw new Error(`${wanted}, but it is no plan: ${problems.join(', ')}`);
}

function parsed(text: string, wanted: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The message of the parser quotes the text, which can have what is not to be shown.
    throw new Error(`${wanted}, but it is no JSON`);
  }
}
