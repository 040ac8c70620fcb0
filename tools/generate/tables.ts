/** The tables of the documents, from the sources that the program itself uses. */
import { defaultOptions } from '../../constructs/environment/environment';
import { checks } from '../../handlers/checks';
import { type Step, awsErrors, errorSources } from '../../handlers/collect-reports/aws-errors';
import { frameworks } from '../../handlers/frameworks';
import { controlsOf } from '../../handlers/frameworks/framework';
import { failureExplanations } from '../../handlers/shared/failure-reasons';
import { checks as doctorChecks } from '../doctor/checks';
import { type Option, optionList } from '../support/option-list';
import { codes, table } from './markdown';

/** Every option of an environment file. */
export const optionsTable = () =>
  table(
    ['option', 'values', 'default', 'meaning'],
    optionList.map((option) => {
      const [meaning = '', defaultInWords = ''] = option.description.split(/ Default: (.*)\.$/s);
      const onlyFor = option.onlyForKind === undefined ? '' : ` (\`${option.onlyForKind}\` only)`;
      return [
        `\`${option.field}\`${onlyFor}`,
        valuesOf(option),
        defaultInWords || defaultOf(option),
        meaning,
      ];
    }),
  );

const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  boolean: '`true`, `false`',
  array: 'list',
  object: 'object',
};

function valuesOf({ choices, range, type }: Option): string {
  if (range) return `${range[0]} to ${range[1]}`;
  return choices.length > 0 ? codes(choices) : (typeNames[type] ?? type);
}

/** An object that has fields of its own has no default of its own. */
function defaultOf({ defaultValue, isRequired, field }: Option): string {
  if (isRequired) return 'required';
  const isParent = optionList.some((other) => other.field.startsWith(`${field}.`));
  return isParent || defaultValue === undefined ? '' : codes([asText(defaultValue)]);
}

const asText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

/** Every reason for which an account can fail. */
export const failureReasonsTable = () =>
  table(
    ['reason', 'what it means', 'what to do'],
    Object.entries(failureExplanations).map(([reason, { meaning, action }]) => [
      `\`${reason}\``,
      meaning,
      action,
    ]),
  );

const stepTitles: Record<Step, string> = {
  'assume-role': 'STS: AssumeRole',
  report: 'IAM: GenerateCredentialReport, GetCredentialReport',
  'service-credentials': 'IAM: ListServiceSpecificCredentials',
  store: 'S3: PutObject of a report or a list',
};

/** Every error of AWS that is known, and what an account that meets it ends as. */
export const awsErrorsTable = () =>
  table(
    ['call', 'error', 'fails as', 'when', 'source'],
    (Object.keys(awsErrors) as Step[]).flatMap((step) =>
      awsErrors[step].map(({ reason, isPermanent, source, names }) => [
        stepTitles[step],
        codes(names),
        `\`${reason}\``,
        isPermanent ? 'at once' : 'at the last poll',
        `[AWS](${errorSources[source]})`,
      ]),
    ),
  );

/** Every check, with its default thresholds. */
export const checksTable = () =>
  table(
    ['check', 'severity', 'on', 'rule', 'details', 'what to do'],
    checks.map(({ id, severity, always, needs, title, description, remedy }) => [
      `\`${id}\``,
      severity,
      needs ? `with \`${needs}\`` : always ? 'always' : isUsed(id) ? 'by framework' : 'by `checks.on`',
      title(defaultOptions.checks),
      description,
      remedy,
    ]),
  );

const isUsed = (check: string) => frameworks.some((framework) => controlsOf(framework, check).length > 0);

/** What `npm run doctor` asks. */
export const doctorTable = () =>
  table(
    ['check', 'question', 'when'],
    doctorChecks.map(({ id, question, needs }) => [
      `\`${id}\``,
      question,
      needs === 'deployment' ? 'once deployed' : needs === 'files' ? 'always, also without AWS' : 'always',
    ]),
  );
