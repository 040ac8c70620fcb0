import { type OwnerSettings, asksForOwners } from '../../shared/events';
import { inOneLine } from '../../shared/excerpt';
import type { LedgerAccount, Owner } from '../../shared/run-files';

/** Longest name of an owner, characters: as long as the value of a tag. */
export const MOST_NAME_LENGTH = 256;

/** What is known about the owner of an account. */
export interface OwnerFacts {
  /** The owners file: names by the ID of an account or organizational unit. Absent if it could not be read. */
  file?: { names: ReadonlyMap<string, string>; asOf: string } | undefined;
  /** The tags of the account. Absent if they are not known. */
  tags?: { values: Readonly<Record<string, string>>; asOf: string } | undefined;
  email?: string | undefined;
  /** Date of the run. */
  today: string;
}

/**
 * The owner of an account: what is said of the account itself comes before what is said of its organizational units, and
 * its email address comes last.
 * @returns null if it has none; undefined if that is not known: no source is asked for, or one could not be read
 */
export function ownerOf(
  { id, path = '' }: Pick<LedgerAccount, 'id' | 'path'>,
  settings: OwnerSettings,
  { file, tags, email, today }: OwnerFacts,
): Owner | null | undefined {
  const named = (name: string | undefined, source: Owner['source'], asOf: string): Owner[] => {
    const shown = ownerName(name);
    return shown === '' ? [] : [{ name: shown, source, asOf }];
  };
  // What a source does not tell is not known, and so is whether it names another owner than those after it.
  const inFile = (ids: string[]) =>
    file && ids.flatMap((one) => named(file.names.get(one), 'file', file.asOf));
  const { tag } = settings;
  const sources: (Owner[] | undefined)[] = [
    ...(settings.file ? [inFile([id])] : []),
    ...(tag !== undefined ? [tags && named(tags.values[tag], 'tag', tags.asOf)] : []),
    // The nearest unit first.
    ...(settings.file ? [inFile(path.split('/').reverse())] : []),
    ...(settings.email ? [named(email, 'email', today)] : []),
  ];
  const decisive = sources.find((owners) => owners?.length !== 0);
  if (decisive) return decisive[0];
  return asksForOwners(settings) && !sources.includes(undefined) ? null : undefined;
}

/** One line, without what a terminal or a table would obey; empty if nothing is left. */
export const ownerName = (text = ''): string =>
  inOneLine(text).trim().slice(0, MOST_NAME_LENGTH).toWellFormed();
