import { ServiceError, type ServiceRequest } from '../service';

export interface BucketOwner {
  /**
   * The account that owns the buckets. A request that expects another one is refused.
   * @default - whichever account a request expects
   */
  owner?: string | undefined;
  /**
   * Whether a request that expects no owner is refused too, unlike by Amazon S3: a run then proves that every call says
   * whose bucket it means.
   * @default - true if there is an owner
   */
  requireOwner?: boolean | undefined;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html */
export function assertOwner({ headers }: ServiceRequest, props: BucketOwner): void {
  const { owner, requireOwner = true } = props;
  if (owner === undefined) return;
  const expected = [headers['x-amz-expected-bucket-owner']];
  if (headers['x-amz-copy-source'] !== undefined)
    expected.push(headers['x-amz-source-expected-bucket-owner']);
  for (const account of expected) {
    if (account === undefined ? requireOwner : account !== owner) {
      const reason = account === undefined ? ': the request expects no bucket owner' : '';
      throw new ServiceError(403, 'AccessDenied', `Access Denied${reason}`);
    }
  }
}
