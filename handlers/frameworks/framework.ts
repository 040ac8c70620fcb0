/** Frameworks are data: a file of `data/` for each version. `npm run generate` checks the files and lists them in `index.ts`. */

/** A version of a benchmark, a standard or a law, with the controls that checks of a credential report assess. */
export interface Framework {
  /** What an environment chooses it by; the name of its file in `data/`. */
  readonly id: string;
  readonly name: string;
  /** As its publisher writes it; empty if there are no versions. */
  readonly version: string;
  /** A short name for tables and the page. */
  readonly label: string;
  /** Where the numbers of the controls, and the checks that they belong to, come from. */
  readonly source: readonly string[];
  readonly controls: readonly FrameworkControl[];
}

export interface FrameworkControl {
  /** Number in the framework. */
  readonly id: string;
  /** Checks that assess it. It is met only if all of them pass. */
  readonly checks: readonly string[];
  /** True if the control asks for more than its checks can see: then "met" means that they found nothing. */
  readonly partial?: boolean;
  /** Where the mapping of this control comes from, if not from the source of the framework. */
  readonly source?: string;
}

/** The controls of a framework that a check assesses, in their order. */
export const controlsOf = (framework: Framework, check: string): readonly FrameworkControl[] =>
  framework.controls.filter(({ checks }) => checks.includes(check));
