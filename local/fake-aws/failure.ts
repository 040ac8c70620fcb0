import { ServiceError, type ServiceResponse, xml } from './service';

/** Services whose protocol is JSON. */
const JSON_SERVICES = ['organizations', 'tagging', 'lambda', 'states', 'kms', 'events'];

/** The response for an error. Each service has its own format for errors. */
export function failure(service: string, error: unknown): ServiceResponse {
  const { status, code, message } =
    error instanceof ServiceError ? error : new ServiceError(500, 'InternalError', String(error));
  if (JSON_SERVICES.includes(service)) {
    const body = JSON.stringify({ __type: code, message });
    return { status, headers: { 'content-type': 'application/x-amz-json-1.1' }, body };
  }
  const inner = xml({ Code: code, Message: message });
  const body =
    service === 's3' ? `<Error>${inner}</Error>` : `<ErrorResponse><Error>${inner}</Error></ErrorResponse>`;
  return { status, headers: { 'content-type': 'text/xml' }, body };
}
