import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  type CompletedPart,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  type S3Client,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';

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

/** Copies an object within S3, so that nothing passes through the function. */
export async function copyObject(
  s3: S3Client,
  { Bucket, Key, ExpectedBucketOwner, Bytes }: ObjectPlace & { Bytes: number },
  { ContentType, ...target }: ObjectPlace & { ContentType: string },
  partBytes = MAX_COPY_BYTES,
): Promise<void> {
  const source = {
    ...target,
    CopySource: [Bucket, ...Key.split('/')].map(encodeURIComponent).join('/'),
    ExpectedSourceBucketOwner: ExpectedBucketOwner,
  };
  if (Bytes <= partBytes) {
    await s3.send(new CopyObjectCommand({ ...source, ContentType, MetadataDirective: 'REPLACE' }));
    return;
  }
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ ...target, ContentType }));
  try {
    const Parts: CompletedPart[] = [];
    for (let from = 0; from < Bytes; from += partBytes) {
      const PartNumber = Parts.length + 1;
      const CopySourceRange = `bytes=${from}-${Math.min(from + partBytes, Bytes) - 1}`;
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
