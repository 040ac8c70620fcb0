import type { ZodType } from 'zod';
import { checkRules } from './check-rules';
import { roleRules } from './role-rules';
import type { Unchecked } from './rule';
import { runRules } from './run-rules';
import { storageRules } from './storage-rules';

const rules = [...runRules, ...roleRules, ...storageRules, ...checkRules];

/** Adds the rules to the schema of an environment. */
export const withRules = <Schema extends ZodType>(schema: Schema): Schema =>
  rules.reduce(
    (checked, { path, message, isBroken }) =>
      checked.refine((environment) => !isBroken(environment as Unchecked), {
        path,
        error: ({ input }) => (typeof message === 'string' ? message : message(input as Unchecked)),
        when: ({ value }) => typeof value === 'object' && value !== null,
      }),
    schema,
  );
