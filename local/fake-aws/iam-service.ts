import type { EmbeddedAccount, EmbeddedOrganization } from './organization/organization';
import { organizationsFeatures } from './organization/central-root-access';
import { type Service, ServiceError, queryAnswer, queryParameters, xml } from './service';
import type { SessionPolicies } from './session-policies';
import { accountOfSession, isSession } from './sts-service';

const denied = (action: string) =>
  new ServiceError(
    403,
    'AccessDenied',
    `not authorized to perform: iam:${action} with an explicit deny in a service control policy`,
  );

/** Credentials of a page: fewer than IAM may return, so that lists have several pages. */
const PAGE = 3;

/**
 * AWS IAM: GenerateCredentialReport, GetCredentialReport, and ListServiceSpecificCredentials of all users, of an account;
 * ListOrganizationsFeatures, of the account that collects.
 * @param policies - of the sessions that STS gave
 */
export function iamService(organization: EmbeddedOrganization, policies: SessionPolicies): Service {
  return (request) => {
    const action = queryParameters(request).get('Action') ?? '';
    if (action === 'ListOrganizationsFeatures' && !isSession(request.accessKeyId))
      return organizationsFeatures(organization);
    const account = organization.account(accountOfSession(request.accessKeyId));
    if (!account || (account.behavior.kind === 'denied' && account.behavior.by === 'iam')) {
      throw denied(action);
    }
    policies.assertAllowed(request.accessKeyId, `iam:${action}`);
    if (action === 'GenerateCredentialReport') {
      const state = account.generateReport();
      if (state === 'LimitExceeded') {
        throw new ServiceError(409, state, 'No more capacity to launch new report generation tasks');
      }
      return queryAnswer(action, xml({ State: state }));
    }
    if (action === 'ListServiceSpecificCredentials') {
      if (account.deniesList) throw denied(action);
      return queryAnswer(action, credentialPage(queryParameters(request), account));
    }
    if (action !== 'GetCredentialReport') throw new ServiceError(400, 'InvalidAction', action);
    if (account.isGenerated() === false) throw new ServiceError(404, 'ReportInProgress', 'Unknown');
    const report = account.currentReport();
    if (!report) throw new ServiceError(410, 'ReportNotPresent', 'No report exists');
    return queryAnswer(
      action,
      xml({
        Content: report.content.toString('base64'),
        GeneratedTime: report.generatedAt.toISOString(),
        ReportFormat: 'text/csv',
      }),
    );
  };
}

function credentialPage(parameters: URLSearchParams, account: EmbeddedAccount): string {
  if (parameters.get('AllUsers') !== 'true' || parameters.has('UserName'))
    throw new ServiceError(400, 'ValidationError', 'Only AllUsers is known here');
  const { credentials } = account.serviceCredentials();
  const from = Number(parameters.get('Marker') ?? 0);
  const to = from + Math.min(PAGE, Number(parameters.get('MaxItems') ?? PAGE));
  const members = credentials.slice(from, to).map((one) => `<member>${xml({ ...one })}</member>`);
  const isTruncated = to < credentials.length;
  return (
    `<ServiceSpecificCredentials>${members.join('')}</ServiceSpecificCredentials>` +
    xml({ IsTruncated: isTruncated, ...(isTruncated && { Marker: to }) })
  );
}
