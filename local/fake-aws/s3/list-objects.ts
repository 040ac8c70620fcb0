import type { ListedVersion, ObjectStore } from './object-store';
import { etagOf } from './object-store';
import { type ServiceRequest, type ServiceResponse, xml } from '../service';

/** Most keys in a page (https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html). */
const PAGE = 1000;

/** ListObjectsV2. */
export function listObjects({ url }: ServiceRequest, bucket: string, store: ObjectStore): ServiceResponse {
  const query = url.searchParams;
  const prefix = query.get('prefix') ?? '';
  const after = query.get('continuation-token') ?? query.get('start-after') ?? '';
  const delimiter = query.get('delimiter');
  const folder = folderOf(prefix);
  const keys = store.below(`${bucket}/${folder}`).map(([rest]) => folder + rest);
  const entries = new Set(
    keys.filter((key) => key.startsWith(prefix)).map((key) => entryOf(key, prefix, delimiter)),
  );
  const left = [...entries].filter((entry) => entry > after).sort();
  const page = left.slice(0, pageSize(query));
  const more = page.length < left.length && { NextContinuationToken: page.at(-1) ?? '' };
  const contents = page.map((Key) => {
    const object = store.latest(`${bucket}/${Key}`);
    // A file could be removed while the folder is listed; a common prefix is no object.
    return object && !isCommonPrefix(Key, prefix, delimiter)
      ? `<Contents>${xml({
          Key,
          LastModified: object.modified.toISOString(),
          ETag: object.etag,
          Size: object.content.length,
        })}</Contents>`
      : `<CommonPrefixes>${xml({ Prefix: Key })}</CommonPrefixes>`;
  });
  const about = xml({ IsTruncated: more !== false, KeyCount: page.length, ...more });
  return answer('ListBucketResult', about + contents.join(''));
}

/** ListObjectVersions, without a delimiter. */
export function listVersions({ url }: ServiceRequest, bucket: string, store: ObjectStore): ServiceResponse {
  const query = url.searchParams;
  const prefix = query.get('prefix') ?? '';
  const folder = folderOf(prefix);
  const all = store
    .versionsBelow(`${bucket}/${folder}`)
    .map((version) => ({ ...version, key: folder + version.rest }))
    .filter(({ key }) => key.startsWith(prefix));
  const left = afterMarkers(all, query.get('key-marker'), query.get('version-id-marker'));
  const page = left.slice(0, pageSize(query));
  const last = page.at(-1);
  const more = page.length < left.length && {
    NextKeyMarker: last?.key ?? '',
    NextVersionIdMarker: last?.id ?? '',
  };
  const elements = page.map(({ key, id, isMarker, isLatest }) => {
    const path = `${bucket}/${key}`;
    const about = { Key: key, VersionId: id, IsLatest: isLatest };
    if (isMarker) {
      const LastModified = store.markedAt(path, id).toISOString();
      return `<DeleteMarker>${xml({ ...about, LastModified })}</DeleteMarker>`;
    }
    const object = store.version(path, id);
    if (!object || object === 'marker') return '';
    const LastModified = object.modified.toISOString();
    const { length: Size } = object.content;
    return `<Version>${xml({ ...about, LastModified, ETag: etagOf(object.content), Size })}</Version>`;
  });
  return answer('ListVersionsResult', xml({ IsTruncated: more !== false, ...more }) + elements.join(''));
}

function afterMarkers<Version extends ListedVersion & { key: string }>(
  versions: readonly Version[],
  keyMarker: string | null,
  idMarker: string | null,
): readonly Version[] {
  if (keyMarker === null) return versions;
  const marked = versions.findIndex(({ key, id }) => key === keyMarker && id === idMarker);
  if (marked >= 0) return versions.slice(marked + 1);
  return versions.filter(({ key }) => key > keyMarker);
}

const pageSize = (query: URLSearchParams) => Math.min(PAGE, Number(query.get('max-keys') ?? PAGE));

/** The folder that a prefix is in or names. */
const folderOf = (prefix: string) => prefix.slice(0, prefix.lastIndexOf('/') + 1);

/** A key, or the common prefix that stands for it. */
function entryOf(key: string, prefix: string, delimiter: string | null): string {
  const end = delimiter ? key.indexOf(delimiter, prefix.length) : -1;
  return end < 0 ? key : key.slice(0, end + 1);
}

const isCommonPrefix = (entry: string, prefix: string, delimiter: string | null) =>
  delimiter !== null && delimiter !== '' && entry.includes(delimiter, prefix.length);

function answer(element: string, content: string): ServiceResponse {
  return {
    status: 200,
    headers: { 'content-type': 'application/xml' },
    body: `<${element}>${content}</${element}>`,
  };
}
