/** The bucket of a case, in memory, with what its writers and its readers see. */
import { objectsInMemory } from '../../local/fake-aws/s3/objects';
import { ObjectStore } from '../../local/fake-aws/s3/object-store';
import { s3Over } from '../../local/fake-aws/s3/s3-service';
import type { Service } from '../../local/fake-aws/service';
import { COLLECTING_ACCOUNT } from '../support/embedded-execution';

export const BUCKET = 'reports';

export type Objects = ReadonlyMap<string, Buffer>;

export class StoredBucket {
  readonly service: Service;
  private readonly contents = new Map<string, Buffer>();
  private readonly store: ObjectStore;

  constructor(readonly hasVersions: boolean) {
    const objects = objectsInMemory(this.contents, `${BUCKET}/`);
    const archive = hasVersions ? objectsInMemory(new Map()) : undefined;
    this.store = new ObjectStore(objects, archive);
    // Refuses every request that does not say who owns the bucket.
    this.service = s3Over(objects, { archive, owner: COLLECTING_ACCOUNT });
  }

  object(key: string): Buffer | undefined {
    return this.contents.get(key);
  }

  /** A version of an object; nothing if it does not exist. */
  version(key: string, id: string): Buffer | undefined {
    const found = this.store.version(`${BUCKET}/${key}`, id);
    return found === 'marker' ? undefined : found?.content;
  }

  text(key: string): string {
    return this.object(key)?.toString() ?? '';
  }

  /** Content of a JSON file. */
  json(key: string): unknown {
    return JSON.parse(this.text(key));
  }

  keysBelow(prefix: string): string[] {
    return [...this.contents.keys()].filter((key) => key.startsWith(prefix)).sort();
  }

  /** Every object at this moment, by key. */
  objects(): Objects {
    return new Map(this.contents);
  }

  /** Replaces an object behind the back of the functions; removes it if there is no content. */
  tamper(key: string, content: Buffer | undefined): void {
    if (content) this.contents.set(key, content);
    else this.contents.delete(key);
  }
}

/** Keys of the objects that came, went or changed, sorted. */
export function changedKeys(before: Objects, after: Objects): string[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((key) => {
      const [one, other] = [before.get(key), after.get(key)];
      return !one || !other || !one.equals(other);
    })
    .sort();
}
