import { checks } from '../../checks';
import type { Manifest } from '../../core/manifest';
import type { tableColumns } from '../../shared/table-columns';

/** A row of `findings.csv` by the names of its columns, each cell as the file has it. */
export type FindingRow = Readonly<Record<(typeof tableColumns.findings)[number], string>>;

/** What is said about a check besides what it finds. */
export interface ExportedCheck {
  readonly id: string;
  /** What it requires, with the thresholds of the run. */
  readonly title: string;
  /** When it fails and when it does not apply. */
  readonly description?: string;
  /** What to do about its findings; absent if this version does not know the check. */
  readonly remedy?: string;
}

/** What the findings of a run have in common. Most of it is what the manifest says. */
export interface OcsfRun extends Pick<
  Manifest,
  | 'environment'
  | 'date'
  | 'execution'
  | 'startedAt'
  | 'organizationId'
  | 'accountId'
  | 'region'
  | 'productVersion'
> {
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: string;
  readonly manifest: {
    /** Such as `s3://bucket/manifests/production/00000012.json`. */
    readonly url: string;
    /** Hexadecimal. */
    readonly sha256: string;
  };
  /** By ID: those of the run. A finding of another check has its ID as its title. */
  readonly checks: ReadonlyMap<string, ExportedCheck>;
}

const known: ReadonlyMap<string, (typeof checks)[number]> = new Map(checks.map((check) => [check.id, check]));

/** The checks of a manifest, with what this version knows of them. */
export const exportedChecks = ({
  checks: ofRun,
}: Pick<Manifest, 'checks'>): ReadonlyMap<string, ExportedCheck> =>
  new Map(
    ofRun.map(({ id, title, thresholds }) => {
      const check = known.get(id);
      if (!check) return [id, { id, title }];
      return [
        id,
        { id, title, description: withNumbers(check.description, thresholds), remedy: check.remedy },
      ];
    }),
  );

/** A description names thresholds; those who read it elsewhere want their numbers. */
const withNumbers = (description: string, thresholds: Readonly<Record<string, unknown>>) =>
  description.replaceAll(/`(\w+)`/g, (code, name: string) => {
    const days = Object.hasOwn(thresholds, name) ? thresholds[name] : undefined;
    return typeof days === 'number' ? String(days) : code;
  });
