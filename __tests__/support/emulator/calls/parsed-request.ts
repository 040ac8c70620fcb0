/** A request to AWS, in whichever protocol, as far as its permissions depend on it. */
import { cbor } from '@smithy/core/cbor';
import { type Gap, type Request, queryOf, signerOf } from '../front';
import { actionName } from './actions';

/** Fields of a request; those of the query protocol have names such as `AlarmNames.member.1`. */
export type Parameters = Readonly<Record<string, unknown>>;

export interface ParsedRequest {
  accessKey: string;
  /** As it signs, such as `monitoring`. */
  service: string;
  /** Where it is sent. */
  region: string;
  /** As policies name it, without the service, such as `GetBucketPolicy`. */
  action: string;
  /** With the service as policies call it, such as `s3:GetBucketPolicy`. */
  permission: string;
  /** Fields of the body or the query string, and what the path names. */
  parameters: Parameters;
  path: string;
  headers: Request['headers'];
}

/** Services that policies call otherwise than requests. */
const PREFIXES: Record<string, string> = { monitoring: 'cloudwatch' };

/** Nothing for a request that is not signed. */
export function parseRequest(request: Request): ParsedRequest | undefined {
  const { headers, path } = request;
  const signer = signerOf(request);
  if (!signer) return undefined;
  const { service } = signer;
  const action = actionName(request, service);
  const parameters = parametersOf(request);
  const permission = `${PREFIXES[service] ?? service}:${action}`;
  return { ...signer, action, permission, parameters, path, headers };
}

/** Notes the permission that every request needs that passes. */
export const noteOf = (permissions: Set<string>): Gap => ({
  before: (request) => {
    const parsed = parseRequest(request);
    if (parsed) permissions.add(parsed.permission);
    return undefined;
  },
});

function parametersOf(request: Request): Parameters {
  const { searchParams } = new URL(request.path, 'http://localhost');
  const query = [...searchParams, ...queryOf(request)];
  return { ...Object.fromEntries(query), ...bodyOf(request) };
}

function bodyOf({ headers, body }: Request): Parameters {
  const type = headers['content-type'] ?? '';
  if (body.length === 0) return {};
  if (type.includes('json')) return JSON.parse(body.toString()) as Parameters;
  return type.includes('cbor') ? withMembers(cbor.deserialize(body) as Parameters) : {};
}

/** Lists as the query protocol names them, which the same services speak too. */
const withMembers = (parameters: Parameters): Parameters => ({
  ...parameters,
  ...Object.fromEntries(
    Object.entries(parameters).flatMap(([name, value]) =>
      Array.isArray(value)
        ? value.map((one: unknown, index) => [`${name}.member.${index + 1}`, one] as const)
        : [],
    ),
  ),
});

/** The first field that is text. */
export function textOf(parameters: Parameters, ...names: string[]): string | undefined {
  return names.map((name) => parameters[name]).find((value) => typeof value === 'string');
}
