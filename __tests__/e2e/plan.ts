import { isDeepStrictEqual } from 'node:util';

/** What `terraform show -json` says about a resource of a plan. */
export interface ResourceChange {
  type: string;
  address: string;
  change: {
    actions: string[];
    before: Attributes | null;
    after: Attributes | null;
    after_unknown: Attributes;
  };
}

type Attributes = Record<string, unknown>;

/** Every attribute that a plan changes, as TYPE.ATTRIBUTE; resources that come or go, as TYPE (ACTION). */
export function changedAttributes(changes: readonly ResourceChange[]): string[] {
  return changes.flatMap(({ type, change: { actions, before, after, after_unknown } }) => {
    const attributes = Object.keys({ ...before, ...after });
    switch (actions.join()) {
      case 'update':
        return attributes
          .filter((name) => after_unknown[name] === true || !isDeepStrictEqual(before?.[name], after?.[name]))
          .map((name) => `${type}.${name}`);
      case 'delete,create':
      case 'create,delete':
        // What the configuration leaves open is null in the new resource, and not what it is made anew for.
        return attributes
          .filter((name) => !holds(before?.[name], after?.[name]))
          .map((name) => `${type}.${name}`);
      default:
        return [`${type} (${actions.join()})`];
    }
  });
}

/** Whether everything that is asked for is there. */
function holds(there: unknown, asked: unknown): boolean {
  if (asked === null || asked === undefined) return true;
  if (typeof asked !== 'object') return there === asked;
  if (typeof there !== 'object' || there === null) return false;
  if (Array.isArray(asked) && asked.length !== (there as unknown[]).length) return false;
  return Object.entries(asked).every(([name, value]) => holds((there as Attributes)[name], value));
}
