import { OPTIONS_WITHOUT_VARIABLE } from '../../../tools/module/option';
import { rulesBetweenVariables } from '../../../tools/module/rules';
import { unusedVariables, variables } from '../../../tools/module/variables';

describe('the variables of the module', () => {
  const all = variables();
  const named = (name: string) => all.find((variable) => variable.name === name);

  it('have defaults, so that only the name has to be given', () => {
    expect(all.filter(({ default: value }) => value === undefined).map(({ name }) => name)).toEqual(['name']);
  });

  it('take null for the default, except where it says that there is none', () => {
    const nullable = all.filter(({ isNullable }) => isNullable);
    expect(nullable.map(({ default: value }) => value)).toEqual(nullable.map(() => 'null'));
  });

  it('are described by their own names, and without what the module lacks', () => {
    const texts = all.map(({ description, type }) => `${description} ${type}`).join(' ');
    const others = [...OPTIONS_WITHOUT_VARIABLE, 'loggingAccount'].map((name) => `\`${name}\``);
    const camelCase = texts.match(/`[a-z]+[A-Z][\w.]*`/g) ?? [];
    expect(camelCase.filter((name) => !others.includes(name))).toEqual([]);
    expect(texts).not.toMatch(/exemptions_file|account_tag/);
    expect(named('encryption')?.description).toContain('`kind = "new-key"`: ');
  });

  it('say which item of a list is wrong', () => {
    expect(
      named('accounts')
        ?.validations.map(({ message }) => message)
        .join(),
    ).toContain('accounts.exclude must be a 12-digit account ID; got ${join(", ", [for item in ');
  });

  it('are each used, or the build stops', () => {
    expect(unusedVariables('var.athena')).toContain('var.signing');
    expect(unusedVariables('var.athena')).not.toContain('var.athena');
    expect(unusedVariables('var.schedule.hour')).toContain('var.schedule.timezone');
  });

  it('have rules between them with messages about variables', () => {
    const messages = rulesBetweenVariables().map(({ message }) => message);
    expect(messages).toContain(
      '"object_lock.days must be at most `retention_days`, because a locked version cannot be deleted."',
    );
    expect(new Set(messages).size).toBe(messages.length);
  });
});
