/**
 * Where the report of an account is, seen from the page. In a copy of the bucket on this machine, that is the file in the copy. A page
 * that was fetched alone has no reports beside it, and a page that the console shows cannot lead to another object: then it is the
 * console.
 *
 * @param manifest - where the link of the page to its manifest leads
 * @param console - what precedes a key in the address of an object in the AWS console, if that is known
 * @returns nothing if the address is not known
 */
export function reportLink(
  key: string,
  { protocol, pathname }: { readonly protocol: string; readonly pathname: string },
  manifest: string,
  console: string | undefined,
): string | undefined {
  const isCopyOfBucket = protocol === 'file:' && IN_BUCKET.test(pathname);
  if (isCopyOfBucket) return `${/^(?:\.\.\/)*/.exec(manifest)?.[0] ?? ''}${key}`;
  return console === undefined ? undefined : console + key;
}

/** The folders of a day and of a run. */
const IN_BUCKET = /\/(?:organization|runs)\/\d{4}-\d{2}-\d{2}\/(?:[^/]+\/[^/]+\/)?index\.html$/;
