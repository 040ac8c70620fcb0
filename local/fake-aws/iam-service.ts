import type { EmbeddedOrganization } from './organization/organization';
import { organizationsFeatures } from './organization/central-root-access';
import { type Service, ServiceError, queryAnswer, queryParameters, xml } from './service';
import type { SessionPolicies } from './session-policies';
import { accountOfSession, isSession } from './sts-service';

/**
 * AWS IAM: GenerateCredentialReport and GetCredentialReport, and ListOrganizationsFeatures of the management account.
 * @param policies - of the sessions that STS gave
 */
export function iamService(organization: EmbeddedOrganization, policies: SessionPolicies): Service {
  return (request) => {
    const action = queryParameters(request).get('Action') ?? '';
    if (action === 'ListOrganizationsFeatures' && !isSession(request.accessKeyId))
      return organizationsFeatures(organization);
    const account = organization.account(accountOfSession(request.accessKeyId));
    if (!account || (account.behavior.kind === 'denied' && account.behavior.by === 'iam')) {
      const message = `not authorized to perform: iam:${action} with an explicit deny in a service control policy`;
      throw new ServiceError(403, 'AccessDenied', message);
    }
    policies.assertAllowed(request.accessKeyId, `iam:${action}`);
    if (action === 'GenerateCredentialReport') {
      const state = account.generateReport();
      if (state === 'LimitExceeded') {
        throw new ServiceError(409, state, 'No more capacity to launch new report generation tasks');
      }
      return queryAnswer(action, xml({ State: state }));
    }
    if (action !== 'GetCredentialReport') throw new ServiceError(400, 'InvalidAction', action);
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
