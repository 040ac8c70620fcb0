import { Token } from 'cdktf';
import { plainSettings } from '../../../constructs/workflow/plain-settings';
import { ListAccountsEvent } from '../../../handlers/shared/events';
import { settingsHash } from '../../../handlers/shared/settings-hash';
import { SynthesizedStack } from '../../../tools/support/synthesized-stack';
import { defaultSettings } from '../../../tools/support/embedded-execution';

const accepting = (reason: string) => ({
  account: '*',
  user: 'breakglass',
  check: 'console-mfa',
  reason,
  expires: '2030-01-01',
});
const withReason = (reason: string) => ({
  ...defaultSettings,
  checks: { ...defaultSettings.checks, exemptions: [accepting(reason)] },
});

describe('the settings of the runs', () => {
  it('are passed to list-accounts with the hash that it accepts', () => {
    const checks = { exemptions: [accepting('Sécurité, décidé le 3 mai'.normalize('NFD'))] };
    const stack = new SynthesizedStack({ accounts: { exclude: ['222222222222'] }, checks, digest: 'always' });
    const { States } = JSON.parse(stack.resource('workflow/state-machine').definition as string) as {
      States: { ListAccounts: { Parameters: { Payload: object } } };
    };
    const { 'execution.$': execution, ...payload } = States.ListAccounts.Parameters.Payload as {
      'execution.$': string;
    };
    const { settings } = ListAccountsEvent.parse({ execution, ...payload });
    // Terraform normalizes every text, and so must not change this one.
    expect(JSON.stringify(settings)).toBe(JSON.stringify(settings).normalize('NFC'));
    expect(stack.resource('list-accounts/function')).toMatchObject({
      environment: { variables: { SETTINGS_HASH: settingsHash(settings) } },
    });
  });

  it.each([
    ['a token of CDKTF', withReason(Token.asString({ ref: 1 }))],
    [
      'a list token of CDKTF',
      { ...defaultSettings, selection: { ...defaultSettings.selection, exclude: Token.asList({ ref: 1 }) } },
    ],
    ['a reference of Terraform', withReason('${local.reason}')],
    ['a directive of Terraform', withReason('%{ if true }x%{ endif }')],
    [
      'a number token of CDKTF',
      { ...defaultSettings, waiting: { seconds: Token.asNumber({ ref: 1 }), cycles: 1 } },
    ],
  ])('are refused with %s, whose value is not known when the hash is computed', (_, settings) => {
    expect(() => plainSettings(settings)).toThrow(/must be plain values|is not valid/);
  });
});
