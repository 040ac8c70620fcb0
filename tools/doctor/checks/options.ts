import { warningsOf } from '../../../constructs/environment/warnings';
import { check, ok, warning } from '../check';

/** The warnings of `npm run synth`, such as targets that are organizational units while every account is collected. */
export const options = check({
  id: 'options',
  question:
    'Is something probably a mistake, such as targets that are OUs while all accounts are collected, or no recipient of alerts?',
  needs: 'files',
  read: (_aws, { environment }) => warningsOf(environment),
  judge: (warnings, { name }) =>
    warnings.length === 0
      ? ok('nothing looks like a mistake')
      : warnings.map((text) => warning(text, `Change environments/${name}.json`)),
});
