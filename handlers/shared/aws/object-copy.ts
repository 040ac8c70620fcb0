import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  type CompletedPart,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  type S3Client,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import type { ObjectProtection } from './object-protection';

/**
 * Largest object that S3 copies in one request, bytes, and size of the parts of larger ones
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html).
 */
const MAX_COPY_BYTES = 5 * 1024 ** 3;

interface ObjectPlace {
  Bucket: string;
  Key: string;
  ExpectedBucketOwner: string;
}

/**
 * Copies an object within S3, so that nothing passes through the function. A copy is encrypted as the request or the bucket
 * says, and not as its source is (https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html).
 */
export async function copyObject(
  s3: S3Client,
  from: ObjectPlace & { Bytes: number },
  to: ObjectPlace & ObjectProtection & { ContentType: string },
  partBytes = MAX_COPY_BYTES,
): Promise<void> {
  const { Bytes } = from;
  const { Bucket, Key, ExpectedBucketOwner, ...created } = to;
  const target = { Bucket, Key, ExpectedBucketOwner };
  const source = {
    ...target,
    CopySource: [from.Bucket, ...from.Key.split('/')].map(encodeURIComponent).join('/'),
    ExpectedSourceBucketOwner: from.ExpectedBucketOwner,
  };
  if (Bytes <= partBytes) {
    await s3.send(new CopyObjectCommand({ ...source, ...created, MetadataDirective: 'REPLACE' }));
    return;
  }
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ ...target, ...created }));
  try {
    const Parts: CompletedPart[] = [];
    for (let start = 0; start < Bytes; start += partBytes) {
      const PartNumber = Parts.length + 1;
      const CopySourceRange = `bytes=${start}-${Math.min(start + partBytes, Bytes) - 1}`;
      const command = new UploadPartCopyCommand({ ...source, UploadId, PartNumber, CopySourceRange });
      Parts.push({ ...(await s3.send(command)).CopyPartResult, PartNumber });
    }
    await s3.send(new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts } }));
  } catch (error) {
    // What went wrong is worth more than parts that could not be removed, which the lifecycle of the bucket removes later.
    await s3.send(new AbortMultipartUploadCommand({ ...target, UploadId })).catch(() => undefined);
    throw error;
  }
}
