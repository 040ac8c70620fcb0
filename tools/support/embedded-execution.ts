/** An execution of a state machine that is not there, for functions that are called without a workflow. */
import { accountSelection } from '../../constructs/environment/account-selection';
import { defaultOptions } from '../../constructs/environment/environment';
import { checkSettings } from '../../constructs/environment/exemptions-file';
import type { ListAccountsProps } from '../../handlers/list-accounts/list-accounts';
import type { ListAccountsEvent, RunSettings } from '../../handlers/shared/events';
import type { LedgerOrganization } from '../../handlers/shared/run-files';
import { settingsHash } from '../../handlers/shared/settings-hash';

/** Account that collects, which also owns the bucket. */
export const COLLECTING_ACCOUNT = '111111111111';

export const STATE_MACHINE = `arn:aws:states:us-east-1:${COLLECTING_ACCOUNT}:stateMachine:iam-credential-reports-test`;

export const executionArn = (execution: string) =>
  `${STATE_MACHINE.replace(':stateMachine:', ':execution:')}:${execution}`;

/** What a ledger says about an organization that manages the root credentials of its accounts centrally. */
export const LEDGER_ORGANIZATION: LedgerOrganization = {
  id: 'o-exampleorg1',
  managementAccountId: COLLECTING_ACCOUNT,
  rootCredentials: { result: 'pass', detail: 'enabled: RootCredentialsManagement' },
};

/** The settings of an environment that sets nothing. */
export const defaultSettings: RunSettings = {
  selection: accountSelection(defaultOptions),
  waiting: defaultOptions.waiting,
  checks: checkSettings(defaultOptions.checks),
  digest: defaultOptions.digest,
  serviceCredentials: defaultOptions.serviceCredentials,
};

/** What `list-accounts` knows about its deployment, and an execution that started at a time and is running. */
export function runningAt(
  startedAt: string,
  settings = defaultSettings,
): Pick<ListAccountsProps, 'environment' | 'stateMachine' | 'settingsHash' | 'describeExecution'> {
  return {
    environment: 'test',
    stateMachine: STATE_MACHINE,
    settingsHash: settingsHash(settings),
    describeExecution: () => Promise.resolve({ status: 'RUNNING', startedAt: new Date(startedAt) }),
  };
}

/** The event that starts a run. */
export const startOf = (execution: string, settings = defaultSettings): ListAccountsEvent => ({
  execution: executionArn(execution),
  settings,
});
