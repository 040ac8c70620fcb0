import { join, relative } from 'node:path';
import { ServiceError } from '../service';

/** Bucket and key of a path, each as it is and both together. */
export interface Place {
  bucket: string;
  key: string;
  path: string;
}

/** The key that a call to S3 names. A question whether an object exists is a listing, with the key as its prefix. */
export const keyIn = ({ pathname, searchParams }: URL): string =>
  placeOf(pathname).key || (searchParams.get('prefix') ?? '');

/** @param pathname - of a URL */
export function placeOf(pathname: string): Place {
  const [bucket = '', ...parts] = decodeURIComponent(pathname).slice(1).split('/');
  const key = parts.join('/');
  const [root, path] = [join('/', bucket), join('/', bucket, key)];
  if (bucket === '' || relative('/', root) !== bucket || relative(root, path) !== key) {
    throw new ServiceError(
      400,
      'InvalidURI',
      'Bucket and key have to name a place in the folder of the buckets',
    );
  }
  return { bucket, key, path: path.slice(1) };
}
