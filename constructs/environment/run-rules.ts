import { type ImpossibleKind, impossibleFields, impossibleSettings } from '../workflow/impossible-settings';
import type { RunSize } from '../workflow/run-times';
import type { Rule, Unchecked } from './rule';

const kinds = Object.keys(impossibleFields) as ImpossibleKind[];

/** Why settings cannot work, if they cannot; nothing if one of their fields is invalid. */
function reason(kind: ImpossibleKind, { scale, waiting }: Unchecked): string | undefined {
  const size = { ...scale, waiting: { ...waiting } };
  const numbers = [size.batchSize, size.mapConcurrency, size.waiting.seconds, size.waiting.cycles];
  if (!numbers.every((value) => Number.isInteger(value) && Number(value) > 0)) return undefined;
  return impossibleSettings(size as RunSize).find((one) => one.kind === kind)?.message;
}

/** About how a run is divided, and how long it may take. */
export const runRules: readonly Rule[] = kinds.map((kind) => ({
  path: [impossibleFields[kind]],
  message: (environment) => reason(kind, environment) ?? '',
  isBroken: (environment) => reason(kind, environment) !== undefined,
}));
