import { RunSettings } from '../../handlers/shared/events';
import { validated } from '../../handlers/shared/validation';
import { REFERENCE } from '../environment/references';

/**
 * The settings as they arrive at `list-accounts`, which compares their hash. Terraform must not change them on the way: it
 * normalizes every text to Unicode NFC (https://pkg.go.dev/github.com/zclconf/go-cty/cty#StringVal), so a reason that is
 * spelled in another form would make every run fail.
 * @throws if Terraform would compute a setting: the hash is needed before that
 */
export function plainSettings(settings: RunSettings): RunSettings {
  const text = JSON.stringify(settings);
  if (REFERENCE.test(text))
    throw new Error(
      'accounts, waiting, checks and digest must be plain values without references of Terraform, because the hash of ' +
        `these settings is part of the deployment; got ${text}`,
    );
  return validated(RunSettings, JSON.parse(text.normalize('NFC')), 'The settings of the runs');
}
