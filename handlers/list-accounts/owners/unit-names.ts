import {
  ListOrganizationalUnitsForParentCommand,
  type OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { inOneLine } from '../../shared/excerpt';
import { failureNotes, isAborted, isRefused, nameOf } from './optional-calls';
import { ratedCalls } from './rated-calls';

/**
 * Calls of ListOrganizationalUnitsForParent: AWS allows 5 a second and 8 at once
 * (https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html). Other callers need some.
 */
const LIST_UNITS_RATE = { perSecond: 4, burst: 6 };

/** Names of the organizational units that accounts are in. What does not arrive in time is missing; nothing here throws. */
export class UnitNames {
  readonly notes: string[] = [];
  /** By the ID of the unit; those of earlier runs until they are read again. */
  known = new Map<string, string>();
  /** Units and roots whose children have accounts below them; those with a child without a name first. */
  private readonly parents: string[] = [];
  private readonly seen = new Set<string>();
  /** Names of the errors of calls that failed. */
  private readonly failures: string[] = [];

  constructor(
    private readonly organizations: OrganizationsClient,
    private readonly signal: AbortSignal,
  ) {}

  /** The names in a path of AWS Organizations; undefined if none is known. A unit without a known name has its ID. */
  of(path: string | undefined): string | undefined {
    const units = unitsOf(path);
    return units.some((unit) => this.known.has(unit))
      ? units.map((unit) => this.known.get(unit) ?? unit).join('/')
      : undefined;
  }

  /** Paths of accounts that are listed; call it while {@link read} is running. */
  add(paths: readonly (string | undefined)[]): void {
    for (const path of paths) {
      const ids = path?.split('/') ?? [];
      for (const unit of unitsOf(path)) {
        const parent = ids[ids.indexOf(unit) - 1];
        if (parent === undefined || this.seen.has(parent)) continue;
        this.seen.add(parent);
        if (this.known.has(unit)) this.parents.push(parent);
        else this.parents.unshift(parent);
      }
    }
  }

  /**
   * @param earlier - names that earlier runs have read
   * @param isListing - whether more paths may be added
   */
  async read(earlier: ReadonlyMap<string, string>, isListing: () => boolean): Promise<void> {
    for (const [unit, name] of earlier) if (!this.known.has(unit)) this.known.set(unit, name);
    try {
      await ratedCalls({
        rate: LIST_UNITS_RATE,
        next: () => this.parents.shift(),
        hasMore: isListing,
        call: (parent) => this.readParent(parent),
        signal: this.signal,
      });
    } catch (error) {
      this.notes.push(
        `Names of organizational units: organizations:ListOrganizationalUnitsForParent failed with ${nameOf(error)}`,
      );
    }
    this.notes.push(
      ...failureNotes(
        'Names of organizational units',
        'organizations:ListOrganizationalUnitsForParent',
        this.failures,
      ),
    );
  }

  /** @throws if the call is not allowed: then no other one is */
  private async readParent(parent: string): Promise<void> {
    try {
      await this.readChildren(parent);
    } catch (error) {
      if (isRefused(error)) throw error;
      if (!isAborted(error)) this.failures.push(nameOf(error));
    }
  }

  private async readChildren(ParentId: string): Promise<void> {
    let NextToken: string | undefined;
    do {
      const page = await this.organizations.send(
        new ListOrganizationalUnitsForParentCommand({ ParentId, NextToken }),
        { abortSignal: this.signal },
      );
      for (const { Id = '', Name = '' } of page.OrganizationalUnits ?? []) {
        const name = inOneLine(Name).trim();
        if (name !== '') this.known.set(Id, name);
      }
      ({ NextToken } = page);
    } while (NextToken);
  }
}

/** The organizational units of a path, from the root down. */
const unitsOf = (path = ''): string[] => path.split('/').filter((id) => id.startsWith('ou-'));
