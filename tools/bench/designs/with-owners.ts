import { listAccountsSettings } from '../../../handlers/list-accounts/settings';
import type { RunSettings } from '../../../handlers/shared/events';
import { settingsHash } from '../../../handlers/shared/settings-hash';
import type { SynthesizedStack } from '../../../local/synthesized-stack';

/** The account that collects. */
export const COLLECTORS = ['management-account', 'delegated-administrator'] as const;
export type Collector = (typeof COLLECTORS)[number];

/** The stack with settings that ask for owners by tag and for names of units. */
export function withOwners(stack: SynthesizedStack): SynthesizedStack {
  const copy = structuredClone(stack);
  const { States, StartAt } = copy.stateMachine.definition;
  const { Payload } = States[StartAt]?.Parameters as { Payload: { settings: RunSettings } };
  const before = settingsHash(Payload.settings);
  Payload.settings.owners = { tag: 'Owner', file: false, email: false, unitNames: true };
  const variable = listAccountsSettings.settingsHash.variable;
  for (const { environment } of copy.functions)
    if (environment[variable] === before) environment[variable] = settingsHash(Payload.settings);
  return copy;
}
