import * as z from 'zod/mini';
import type { ReportBucket } from '../../shared/aws/report-bucket';
import { keys } from '../../shared/bucket-layout';
import { excerptOf } from '../../shared/excerpt';
import { textOf } from '../../shared/hash';
import { type OwnerFacts, MOST_NAME_LENGTH, ownerName } from './owner-of';

/** Largest owners file, bytes: 50,000 accounts with names of 150 characters. */
const MOST_BYTES = 8 * 2 ** 20;

/** Entries that are not valid and are named. */
const MOST_NAMED = 3;

/** An account or an organizational unit. */
const ID = /^(\d{12}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32})$/;

const Content = z.record(z.string(), z.unknown());

interface OwnersFile {
  file: NonNullable<OwnerFacts['file']>;
  /** What is wrong with some of its entries. */
  note?: string;
}

/**
 * Reads the owners file: an object of names by the ID of an account or organizational unit. Entries that are not valid are
 * left out.
 * @throws if the file cannot be read or is not such an object
 */
export async function readOwnersFile(bucket: ReportBucket): Promise<OwnersFile> {
  const key = keys.ownersFile;
  const found = await bucket.find(key);
  if (!found) throw new Error(`${bucket.url(key)} does not exist`);
  if (found.bytes > MOST_BYTES)
    throw new Error(`${bucket.url(key)} has ${found.bytes} bytes; at most ${MOST_BYTES} are read`);
  const text = textOf((await bucket.get(key)) ?? new Uint8Array()).replace(/^\uFEFF/, '');
  const content = Content.safeParse(parsed(text));
  if (!content.success)
    throw new Error(`${bucket.url(key)} is not a JSON object of owners by account or organizational unit`);
  const entries = Object.entries(content.data);
  const isValid = ([id, name]: [string, unknown]): boolean =>
    ID.test(id) && typeof name === 'string' && name.length <= MOST_NAME_LENGTH && ownerName(name) !== '';
  const invalid = entries.filter((entry) => !isValid(entry)).map(([id]) => excerptOf(id));
  return {
    file: {
      names: new Map(entries.filter(isValid) as [string, string][]),
      asOf: new Date(found.modifiedAt).toISOString().slice(0, 'YYYY-MM-DD'.length),
    },
    ...(invalid.length > 0 && {
      note:
        `${invalid.length} of ${entries.length} entries of ${bucket.url(key)} are not an account ID or organizational ` +
        `unit with a name of 1 to ${MOST_NAME_LENGTH} characters: ${invalid.slice(0, MOST_NAMED).join(', ')}` +
        (invalid.length > MOST_NAMED ? ', …' : ''),
    }),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
