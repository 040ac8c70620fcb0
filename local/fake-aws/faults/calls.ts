import { type ServiceRequest, queryParameters } from '../service';
import { accountOfSession } from '../sts-service';

/**
 * The calls that the collection makes. A list is one of service-specific credentials; a file is an object in the bucket that is
 * neither a report nor a list nor a manifest that is read.
 */
export type CallName =
  | 'organizations:ListAccounts'
  | 'states:DescribeExecution'
  | 'sts:AssumeRole'
  | 'iam:GenerateCredentialReport'
  | 'iam:GetCredentialReport'
  | 'iam:ListOrganizationsFeatures'
  | 'iam:ListServiceSpecificCredentials'
  | 's3:PutReport'
  | 's3:PutList'
  | 's3:PutFile'
  | 's3:GetReport'
  | 's3:GetList'
  | 's3:GetFile'
  | 's3:GetManifest'
  | 's3:ListFiles'
  | 'kms:GetPublicKey'
  | 'kms:Sign';

export interface Call {
  name: CallName;
  /** The account that is read; absent for calls about the whole run. */
  account?: string;
}

export type ServiceName = 'organizations' | 'states' | 'sts' | 'iam' | 's3' | 'kms';

export function serviceOf(call: CallName): ServiceName {
  return call.slice(0, call.indexOf(':')) as ServiceName;
}

/** The call of a request; undefined if it is not one of the collection. */
export function callOf(service: string, request: ServiceRequest): Call | undefined {
  switch (service) {
    case 'organizations':
      // Owners and names of units are optional.
      return request.headers['x-amz-target']?.endsWith('.ListAccounts')
        ? { name: 'organizations:ListAccounts' }
        : undefined;
    case 'states':
      return { name: 'states:DescribeExecution' };
    case 'kms':
      return { name: request.headers['x-amz-target']?.endsWith('.Sign') ? 'kms:Sign' : 'kms:GetPublicKey' };
    case 'sts': {
      const account = queryParameters(request).get('RoleArn')?.split(':')[4];
      return account === undefined ? undefined : { name: 'sts:AssumeRole', account };
    }
    case 'iam': {
      const action = queryParameters(request).get('Action');
      if (action === 'ListOrganizationsFeatures') return { name: `iam:${action}` };
      const account = accountOfSession(request.accessKeyId);
      const isOther = action === 'GetCredentialReport' || action === 'ListServiceSpecificCredentials';
      return { name: isOther ? `iam:${action}` : 'iam:GenerateCredentialReport', account };
    }
    case 's3':
      return ofBucket(request);
    default:
      return undefined;
  }
}

function ofBucket({ method, url }: ServiceRequest): Call {
  const [, ofReport] = /\/credentialReport_(\d{12})\.csv$/.exec(url.pathname) ?? [];
  const [, ofList] = /\/service-credentials\/[^/]+\/(\d{12})\.json$/.exec(url.pathname) ?? [];
  if (url.searchParams.has('list-type') || url.searchParams.has('versions')) return { name: 's3:ListFiles' };
  if (method === 'GET' && url.pathname.includes('/manifests/')) return { name: 's3:GetManifest' };
  const does = method === 'GET' || method === 'HEAD' ? 'Get' : 'Put';
  if (ofReport !== undefined) return { name: `s3:${does}Report`, account: ofReport };
  return ofList === undefined ? { name: `s3:${does}File` } : { name: `s3:${does}List`, account: ofList };
}
