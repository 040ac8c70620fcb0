import packageJson from '../package.json';

/** Page of the repository, such as `https://github.com/ORGANIZATION/REPOSITORY`; absent until `package.json` has one. */
const { repository } = packageJson as { readonly repository?: { readonly url: string } };

/**
 * Where those who get a message can read on.
 *
 * @param document - file in `docs/`
 * @param url - page of the repository
 * @default - what `package.json` has; without it, only the file and the heading are named
 */
export function documentPlace(document: string, heading: string, url = repository?.url): string {
  if (url === undefined) return `docs/${document}, ${heading}`;
  const page = url.replace(/^git\+/, '').replace(/\.git$/, '');
  const anchor = heading
    .toLowerCase()
    .replaceAll(/[^\w\s-]/g, '')
    .replaceAll(' ', '-');
  return `${page}/blob/HEAD/docs/${document}#${anchor}`;
}
