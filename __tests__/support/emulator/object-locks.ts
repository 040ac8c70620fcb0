import type { Answer, Gap } from './front';

/**
 * moto locks only buckets that are empty; S3 any with versions
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-configure.html).
 */
export function objectLocks(): Gap {
  const configurations = new Map<string, string>();
  return {
    before: ({ method, path, body }) => {
      const [, bucket] = /^\/([^/?]+)\/?\?object-lock/.exec(path) ?? [];
      if (bucket === undefined) return undefined;
      if (method === 'PUT') {
        configurations.set(bucket, body.toString());
        return xml(200, '');
      }
      const configuration = configurations.get(bucket);
      return configuration === undefined
        ? xml(404, '<Error><Code>ObjectLockConfigurationNotFoundError</Code><Message>none</Message></Error>')
        : xml(200, configuration);
    },
  };
}

const xml = (status: number, body: string): Answer => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body,
});
