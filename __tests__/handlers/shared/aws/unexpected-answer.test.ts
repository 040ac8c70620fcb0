import { GetCredentialReportCommand, IAMClient } from '@aws-sdk/client-iam';
import { refusePages } from '../../../../handlers/shared/aws/unexpected-answer';
import { credentialsOf } from '../../../../local/fake-aws/credentials';
import { LocalEndpoint } from '../../../../local/fake-aws/server';
import { type ServiceResponse, queryAnswer } from '../../../../local/fake-aws/service';

const page = (status: number, body: string): ServiceResponse => ({
  status,
  headers: { 'content-type': 'text/html' },
  body,
});
const report = queryAnswer('GetCredentialReport', '<Content>dXNlcg==</Content>');

describe('a client that refuses pages', () => {
  let endpoint: LocalEndpoint;
  let responses: ServiceResponse[] = [];
  let asked = 0;
  beforeEach(async () => {
    asked = 0;
    endpoint = await LocalEndpoint.start({ iam: () => responses[asked++] ?? report });
  });
  afterEach(() => endpoint.stop());

  const get = (...given: ServiceResponse[]) => {
    responses = given;
    const iam = new IAMClient({
      endpoint: endpoint.url,
      region: 'us-east-1',
      maxAttempts: 2,
      credentials: credentialsOf(),
    });
    refusePages(iam);
    refusePages(iam);
    return iam.send(new GetCredentialReportCommand({}));
  };

  it('returns an answer as it is', async () => {
    const { Content } = await get();
    expect(Buffer.from(Content!).toString()).toBe('user');
  });

  it.each([
    report.body as string,
    `<?xml version="1.0"?>\n${report.body as string}`,
    `<GetCredentialReportResponse>${' '.repeat(1_000_000)}<GetCredentialReportResult><Content>dXNlcg==</Content></GetCredentialReportResult></GetCredentialReportResponse>`,
  ])('takes an answer that is called HTML, as by an emulator', async (body) => {
    const { Content } = await get(page(200, body));
    expect(Buffer.from(Content!).toString()).toBe('user');
    expect(asked).toBe(1);
  });

  it.each([200, 302, 403, 503])('asks again after a page with status %d', async (status) => {
    const { Content } = await get(page(status, '<html>Sign in</html>'));
    expect(Buffer.from(Content!).toString()).toBe('user');
    expect(asked).toBe(2);
  });

  it.each([
    ['<html>Sign in</html>', '"<html>Sign in</html>"'],
    ['<!DOCTYPE html><br>not well-formed', '"<!DOCTYPE html><br>not well-formed"'],
    ["<?xml version='1.0'?> <html/>", `"<?xml version='1.0'?> <html/>"`],
    ['', '""'],
    ['x'.repeat(5_000_000), `"${'x'.repeat(100)}"`],
  ])('says in the end what arrived, at most its beginning', async (body, quoted) => {
    await expect(get(page(200, body), page(200, body))).rejects.toMatchObject({
      name: 'UnexpectedAnswer',
      message: `a page arrived instead of an answer of AWS, with status 200: ${quoted}`,
      $metadata: { httpStatusCode: 200, attempts: 2 },
    });
  });
});
