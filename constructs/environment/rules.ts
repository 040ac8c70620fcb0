import type { ZodType } from 'zod';
import { checkRules } from './check-rules';
import { roleRules } from './role-rules';
import type { Unchecked } from './rule';
import { runRules } from './run-rules';
import { storageRules } from './storage-rules';

/** Every rule between fields. */
export const rules = [...runRules, ...roleRules, ...storageRules, ...checkRules];

/** An environment as rules can read it: null stands for nothing, and the field itself has a problem. */
const readable = (environment: object): Unchecked =>
  Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== null));

/** Adds the rules to the schema of an environment. */
export const withRules = <Schema extends ZodType>(schema: Schema): Schema =>
  rules.reduce(
    (checked, { path, message, isBroken }) =>
      checked.refine((environment) => !isBroken(readable(environment as object)), {
        path,
        error: ({ input }) => (typeof message === 'string' ? message : message(readable(input as object))),
        when: ({ value }) => typeof value === 'object' && value !== null,
      }),
    schema,
  );
