import { type Choice, decide } from '../../../tools/module/decision';
import { conditionOf, expression } from '../../../tools/module/expression';
import { Unexplained, merge } from '../../../tools/module/merge';
import { whole } from '../../../tools/module/markers';

const NAMES = ['athena', 'chat', 'events'];
const choices: Choice[] = ['true', 'false'].flatMap((athena) =>
  ['true', 'false'].flatMap((chat) => ['none', 'default', 'own'].map((events) => ({ athena, chat, events }))),
);
const conditionFor = (isThere: (choice: Choice) => boolean) => {
  const decision = decide(
    choices.map((choice) => ({ choice, value: isThere(choice) })),
    NAMES,
  );
  return decision && conditionOf(decision);
};

describe('a condition of the module', () => {
  it('has the inputs that decide, and no others', () => {
    expect(conditionFor(({ athena }) => athena === 'true')).toBe('var.athena');
    expect(conditionFor(({ chat }) => chat === 'false')).toBe('!var.chat');
    expect(conditionFor(({ events }) => events !== 'none')).toBe('local.case.events != "none"');
    expect(conditionFor(({ athena, events }) => athena === 'true' && events === 'own')).toBe(
      'var.athena && local.case.events == "own"',
    );
  });

  it('is the opposite of one where that is what decides', () => {
    expect(conditionFor(({ athena, chat }) => athena === 'true' || chat === 'true')).toBe(
      '!(!var.athena && !var.chat)',
    );
  });

  it('lists the combinations if nothing shorter says it', () => {
    expect(conditionFor(({ athena, chat }) => athena === chat)).toBe(
      'contains(["true|true", "false|false"], "${local.case.athena}|${local.case.chat}")',
    );
  });
});

describe('the stacks of all choices', () => {
  const merged = (valueOf: (choice: Choice) => object) =>
    expression(
      merge(
        choices.map((choice) => ({ choice, value: JSON.parse(JSON.stringify(valueOf(choice))) as never })),
        NAMES,
      ),
    );

  it('are one expression, in which what is not always there is evaluated only if it is', () => {
    expect(
      merged(({ chat }) => ({ Statement: [{ Sid: 'One' }, ...(chat === 'true' ? [{ Sid: 'Chat' }] : [])] })),
    ).toBe(
      `{
  Statement = concat(
    [
      {
        Sid = "One"
      },
    ],
    [for there in(var.chat ? [true] : []) : {
      Sid = "Chat"
    }],
  )
}`,
    );
  });

  it('have references of Terraform as expressions, and no others', () => {
    expect(merged(() => ({ name: whole('var.name'), text: '${x} %{y}' }))).toBe(
      '{\n  name = var.name\n  text = "$${x} %%{y}"\n}',
    );
  });

  it('stop the build if something differs that no choice explains', () => {
    const seen = [0, 1].map((value) => ({ choice: choices[0] ?? {}, value: { hash: value } }));
    expect(() => merge(seen, NAMES)).toThrow(Unexplained);
    expect(() => merge(seen, NAMES)).toThrow('No choice explains .hash');
  });
});
