/** What Terraform called while the end-to-end tests deployed, changed and destroyed environments. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { RoleCall } from '../role-decision';

/** Accounts, names and IDs are those of the documented policies. */
interface RecordedCall extends RoleCall {
  /** The environments that make it. */
  readonly environments: readonly string[];
}

interface Recording {
  /** Version of the AWS provider: another one makes other calls. */
  readonly provider: string;
  readonly calls: readonly RecordedCall[];
}

const FILE = join(__dirname, 'recorded-calls.json');

export const recording = () => JSON.parse(readFileSync(FILE, 'utf8')) as Recording;

export const recordedCalls = (environment: string): RoleCall[] =>
  recording().calls.flatMap(({ environments, ...call }) =>
    environments.includes(environment) ? [call] : [],
  );

/** Replaces what is recorded of an environment. */
export function record(environment: string, provider: string, calls: readonly RoleCall[]): void {
  const before = recording();
  const kept = before.provider === provider ? before.calls : [];
  const others = kept.flatMap(({ environments, ...call }) => {
    const rest = environments.filter((one) => one !== environment);
    return rest.length > 0 ? [{ ...call, environments: rest }] : [];
  });
  const merged = new Map(others.map((call) => [keyOf(call), call]));
  for (const call of calls) {
    const environments = [...(merged.get(keyOf(call))?.environments ?? []), environment].sort();
    merged.set(keyOf(call), { ...call, environments });
  }
  const lines = [...merged].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, call]) => JSON.stringify(call));
  const text = `{ "provider": ${JSON.stringify(provider)}, "calls": [\n${lines.join(',\n')}\n]}\n`;
  writeFileSync(FILE, text);
}

/** Those that are in one list only. */
export const without = (calls: readonly RoleCall[], others: readonly RoleCall[]): RoleCall[] =>
  calls.filter((call) => !others.some((other) => isDeepStrictEqual(call, other)));

export const keyOf = ({ account, action, resource, context }: RoleCall) =>
  [account, action, resource, JSON.stringify(context ?? {})].join(' ');
