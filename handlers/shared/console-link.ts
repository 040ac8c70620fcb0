/** Addresses in the AWS console. */

/** Where a resource is. */
export interface ConsolePlace {
  /** As in ARNs, such as `aws` or `aws-cn`. */
  readonly partition: string;
  readonly region: string;
}

/** Hosts of the console, by partition; the others have hosts that are not public. */
const hosts: Readonly<Record<string, (region: string) => string>> = {
  aws: (region) => `${region}.console.aws.amazon.com`,
  'aws-cn': (region) => `${region}.console.amazonaws.cn`,
  'aws-us-gov': () => 'console.amazonaws-us-gov.com',
};

/**
 * AWS documents no addresses of pages. These are those that the console itself shows, which people copy.
 * @param page - path, query and fragment, with a slash in front
 */
const linkTo = ({ partition, region }: ConsolePlace, page: string): string | undefined => {
  const host = hosts[partition]?.(region);
  return host && `https://${host}${page}`;
};

/**
 * The page of an execution of Step Functions; nothing if the console of the partition is not known.
 * @param execution - ARN, or what stands for it
 */
export const executionLink = (place: ConsolePlace, execution: string): string | undefined =>
  linkTo(place, `/states/home?region=${place.region}#/v2/executions/details/${execution}`);

/** The page of an object in S3, from which it can be opened; nothing if the console of the partition is not known. */
export const objectLink = (place: ConsolePlace, bucket: string, key: string): string | undefined =>
  linkTo(place, `/s3/object/${bucket}?region=${place.region}&prefix=${encodedKey(key)}`);

/** Mail programs end a link at a space or a quotation mark. Slashes stay, so that people can read it. */
const encodedKey = (key: string) => key.split('/').map(encodeURIComponent).join('/');
