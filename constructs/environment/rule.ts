import { partitionOf } from '../partition';

/** What a rule may read; fields can have any value, since they may be invalid. */
export interface Unchecked {
  readonly region?: unknown;
  readonly collectFrom?: unknown;
  readonly reportRoleName?: unknown;
  readonly allowAdministratorRole?: unknown;
  readonly roles?: { readonly path?: unknown; readonly permissionsBoundary?: unknown };
  readonly roleDeployment?: { readonly kind?: string; readonly targets?: unknown };
  readonly bucket?: { readonly kind?: string; readonly name?: unknown };
  readonly encryption?: {
    readonly kind?: string;
    readonly keyArn?: unknown;
    readonly formerKeyArns?: unknown;
  };
  readonly loggingAccount?: { readonly roleName?: unknown };
  readonly readers?: unknown;
  readonly retentionDays?: unknown;
  readonly objectLock?: { readonly days?: unknown };
  readonly accessLogging?: { readonly bucketName?: unknown };
  readonly operationsKeyArn?: unknown;
  readonly tags?: unknown;
  readonly serviceCredentials?: unknown;
  readonly owners?: { readonly tag?: unknown; readonly file?: unknown; readonly email?: unknown };
  readonly checks?: { readonly on?: unknown; readonly exemptions?: unknown };
  readonly scale?: { readonly batchSize?: unknown; readonly mapConcurrency?: unknown };
  readonly waiting?: { readonly seconds?: unknown; readonly cycles?: unknown };
}

/** A rule between fields. It runs even if fields are invalid, so that every problem is reported at once. */
export interface Rule {
  /** The field that breaks the rule. */
  readonly path: string[];
  /** Completes the sentence "FIELD …". */
  readonly message: string | ((environment: Unchecked) => string);
  readonly isBroken: (environment: Unchecked) => boolean;
  /**
   * The same for callers of the Terraform module: a condition of Terraform that holds unless the rule is broken.
   * @default - the module does not have the option, or cannot say it: docs/module.md
   */
  readonly inModule?: string;
}

/** Partition of a Region, or nothing for any other value. */
export const partitionNameOf = (region: unknown) =>
  typeof region === 'string' ? partitionOf(region).name : undefined;
