/** The credentials that a report has columns for. */
import type { ReportColumn } from './report-columns';

export type CredentialKind = 'password' | 'access-key' | 'certificate' | 'service-specific';

/** Where a report says what is known of a credential. */
export interface CredentialPlace {
  readonly kind: CredentialKind;
  /** Null for the password, of which there is one. Slots have no order: a report may swap them. */
  readonly slot: KeySlot | null;
  readonly active: ReportColumn;
  readonly created: ReportColumn;
  /** Absent if reports do not say when it was used. */
  readonly lastUsed?: ReportColumn;
  readonly lastUsedRegion?: ReportColumn;
  readonly lastUsedService?: ReportColumn;
}

const SLOTS = [1, 2] as const;
type KeySlot = (typeof SLOTS)[number];

export const PASSWORD = {
  kind: 'password',
  slot: null,
  active: 'password_enabled',
  created: 'password_last_changed',
  lastUsed: 'password_last_used',
} as const satisfies CredentialPlace;

export const ACCESS_KEYS = SLOTS.map((slot) => ({
  kind: 'access-key' as const,
  slot,
  active: `access_key_${slot}_active` as const,
  created: `access_key_${slot}_last_rotated` as const,
  lastUsed: `access_key_${slot}_last_used_date` as const,
  lastUsedRegion: `access_key_${slot}_last_used_region` as const,
  lastUsedService: `access_key_${slot}_last_used_service` as const,
})) satisfies CredentialPlace[];

/** X.509 signing certificates. */
export const CERTIFICATES = SLOTS.map((slot) => ({
  kind: 'certificate' as const,
  slot,
  active: `cert_${slot}_active` as const,
  created: `cert_${slot}_last_rotated` as const,
})) satisfies CredentialPlace[];

/** What a report says about one credential, but for its value. A text is empty if the report does not say it. */
export interface Credential {
  readonly kind: CredentialKind;
  /** Slot 1 or 2, the ID of a service-specific credential, or empty for the password. */
  readonly id: string;
  /** When it was created or last changed, ISO 8601. */
  readonly createdAt: string;
  /** Whole days from then to the start of the run; null if unknown. */
  readonly ageDays: number | null;
  readonly lastUsedAt: string;
  readonly lastUsedRegion: string;
  readonly lastUsedService: string;
}

/** How a credential is called in a sentence: `password`, `access key 1`. */
export const nameOf = ({ kind, slot }: Pick<CredentialPlace, 'kind' | 'slot'>): string =>
  [kind.replaceAll('-', ' '), ...(slot === null ? [] : [slot])].join(' ');

/**
 * Identifies a credential of a user from run to run. Slots can be swapped, so that the date of creation tells keys apart;
 * those without a date are counted, see `evaluate.ts`.
 */
export function identityOfCredential({
  kind,
  id,
  createdAt,
}: Pick<Credential, 'kind' | 'id' | 'createdAt'>): string {
  if (kind === 'service-specific') return `${kind} ${id}`;
  const created = Date.parse(createdAt);
  // One report may write +00:00 where the next one writes Z.
  return kind === 'password' || Number.isNaN(created) ? kind : `${kind} ${new Date(created).toISOString()}`;
}
