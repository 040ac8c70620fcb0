import { type Argument, Command, InvalidArgumentError, type Option } from 'commander';
import { takenByNpm } from './npm-options';

interface CheckedCommandProps {
  /** Script of package.json. */
  readonly script: string;
  /** Receives every problem of the command line; ends the process. */
  readonly refuse: (problems: readonly string[]) => never;
}

/** A command that reports every problem of its command line at once; commander stops at the first. */
export class CheckedCommand extends Command {
  private readonly problems: string[] = [];
  private readonly checks: (() => readonly string[])[] = [];
  /** Options whose own value is wrong. */
  private readonly wrong = new Set<string>();
  private isParsing = false;

  constructor(private readonly props: CheckedCommandProps) {
    super(`npm run ${props.script} --`);
    this.allowUnknownOption().allowExcessArguments();
  }

  /**
   * Adds a check of what was asked for as a whole.
   * @param problemsOf - gets `undefined` for an option whose own value is wrong
   */
  check<Options>(
    problemsOf: (options: Partial<Options>, args: readonly string[]) => readonly string[],
  ): this {
    this.checks.push(() => problemsOf(this.opts<Partial<Options>>(), this.operands));
    return this;
  }

  override addOption(option: Option): this {
    collectProblems(option, (problem, value) => {
      this.wrong.add(option.attributeName());
      this.problems.push(`option '${option.flags}' argument '${value}' is invalid. ${problem}`);
    });
    return super.addOption(option);
  }

  override addArgument(argument: Argument): this {
    collectProblems(argument, (problem, value) => {
      if (isOption(value)) return;
      this.problems.push(`argument '${value}' is invalid for '${argument.name()}'. ${problem}`);
    });
    return super.addArgument(argument);
  }

  override parse(...parameters: Parameters<Command['parse']>): this {
    this.isParsing = true;
    super.parse(...parameters);
    this.isParsing = false;
    for (const name of this.wrong) this.setOptionValueWithSource(name, undefined, 'cli');
    const taken = takenByNpm(this.props.script, this.options);
    this.problems.push(
      ...(taken.length > 0 ? taken : this.unknownOrMissing()),
      ...this.checks.flatMap((problems) => problems()),
    );
    if (this.problems.length > 0) this.props.refuse(this.problems);
    return this;
  }

  override error(message: string): never {
    const problem = message.replace(/^error: /, '');
    if (!this.isParsing) return this.props.refuse([problem]);
    const option = this.options.find(({ flags }) => problem.includes(`'${flags}'`));
    // Whatever is not about the value of an option is found after parsing.
    if (option) {
      this.wrong.add(option.attributeName());
      this.problems.push(problem);
    }
    // Parsing goes on, which the types of commander do not foresee.
    return undefined as never;
  }

  /** Arguments that are not options. One that starts with a hyphen can be written as `./-name`. */
  private get operands(): string[] {
    return this.args.filter((arg) => !isOption(arg));
  }

  private unknownOrMissing(): string[] {
    const unknown = this.args.filter(isOption);
    const { operands, registeredArguments: expected } = this;
    const missing = expected.filter(({ required }, index) => required && index >= operands.length);
    // They may be the values of unknown options.
    const isTooMany = unknown.length === 0 && operands.length > expected.length && !expected.at(-1)?.variadic;
    return [
      ...unknown.map((option) => `unknown option '${option.replace(/=.*/s, '')}'`),
      ...missing.map((argument) => `missing required argument '${argument.name()}'`),
      ...(isTooMany
        ? [`too many arguments: ${operands.slice(expected.length).join(' ')}; expected ${expected.length}`]
        : []),
    ];
  }
}

/** A negative number is a value. */
const isOption = (arg: string) => /^-(?!$|\.?\d)/.test(arg);

function collectProblems(
  target: Pick<Option | Argument, 'parseArg'> & {
    argParser: (parse: (value: string, previous: unknown) => unknown) => unknown;
  },
  report: (problem: string, value: string) => void,
): void {
  const { parseArg } = target;
  if (!parseArg) return;
  target.argParser((value: string | undefined, previous) => {
    // Commander has reported that there is no value.
    if (value === undefined) return previous;
    try {
      return parseArg(value, previous);
    } catch (error) {
      if (!(error instanceof InvalidArgumentError)) throw error;
      report(error.message.replace(/\.$/, ''), value);
      return previous;
    }
  });
}
