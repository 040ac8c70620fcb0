import { type Service, ServiceError } from '../../local/fake-aws/service';

/** Versions of objects, for a service over objects that has none. */
export class StoredVersions {
  /** Content by path and ID, with a space between. */
  readonly versions = new Map<string, Buffer>();
  /** The current version by path. */
  readonly current = new Map<string, string>();
  /** Paths that may not be read. */
  readonly refused = new Set<string>();

  /** Adds the current version of an object and returns its ID. */
  add(path: string, content: Buffer): string {
    const id = `v${this.versions.size}`;
    this.versions.set(`${path} ${id}`, content);
    this.current.set(path, id);
    return id;
  }

  /** Answers reads of versions, and says which version is the current one. */
  over(service: Service): Service {
    return async (request) => {
      const path = decodeURIComponent(request.url.pathname).slice(1);
      if (this.refused.has(path)) throw new ServiceError(403, 'AccessDenied', 'Access Denied');
      const id = request.url.searchParams.get('versionId');
      if (id !== null) {
        const body = this.versions.get(`${path} ${id}`);
        if (!body) throw new ServiceError(404, 'NoSuchVersion', 'The specified version does not exist.');
        return { status: 200, headers: { 'x-amz-version-id': id }, body };
      }
      const response = await service(request);
      const versionId = this.current.get(path);
      return {
        ...response,
        headers: { ...response.headers, ...(versionId && { 'x-amz-version-id': versionId }) },
      };
    };
  }
}
