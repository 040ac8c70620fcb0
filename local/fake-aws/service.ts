/** A request as the services of the embedded organization see it. */
export interface ServiceRequest {
  method: string;
  url: URL;
  headers: Record<string, string | undefined>;
  body: Buffer;
  /** Access key of the caller, which identifies the session. */
  accessKeyId: string;
  /** Region that the request is signed for. */
  region: string;
}

export interface ServiceResponse {
  status: number;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /**
   * What happens to the connection instead of a complete response: it is reset before the response, is cut or stalls in
   * the middle of it, or stays silent.
   * @default - the response is complete
   */
  connection?: 'reset' | 'cut' | 'stalled' | 'silent';
}

export type Service = (request: ServiceRequest) => ServiceResponse | Promise<ServiceResponse>;

/** An error response of a service, with the code that AWS would send. */
export class ServiceError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** The parameters of a call in AWS's query protocol. */
export function queryParameters({ body }: ServiceRequest): URLSearchParams {
  return new URLSearchParams(body.toString());
}

export function queryAnswer(action: string, result: string): ServiceResponse {
  return {
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body: `<${action}Response><${action}Result>${result}</${action}Result></${action}Response>`,
  };
}

export function xml(elements: Record<string, string | number | boolean>): string {
  return Object.entries(elements)
    .map(([name, value]) => `<${name}>${escaped(String(value))}</${name}>`)
    .join('');
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
