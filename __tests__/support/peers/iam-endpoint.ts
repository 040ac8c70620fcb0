import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { queryAnswer, xml } from '../../../local/fake-aws/service';
import { LoopbackServer } from '../loopback-server';

/** IAM of many accounts. A header says whose; each has a report at once, and nothing else. */
export class IamEndpoint extends LoopbackServer {
  private constructor(
    private readonly reports: ReadonlyMap<string, Buffer>,
    private readonly generatedAt: Date,
  ) {
    super();
  }

  static start(reports: ReadonlyMap<string, Buffer>, generatedAt: Date): Promise<IamEndpoint> {
    return new IamEndpoint(reports, generatedAt).listen();
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  protected async answer(incoming: IncomingMessage) {
    const account = String(incoming.headers['x-account']);
    const action = new URLSearchParams(await text(incoming)).get('Action') ?? '';
    if (action === 'GenerateCredentialReport') return queryAnswer(action, xml({ State: 'COMPLETE' }));
    const report = this.reports.get(account);
    if (action !== 'GetCredentialReport' || !report) return { status: 400, body: `${action} of ${account}` };
    const GeneratedTime = this.generatedAt.toISOString();
    return queryAnswer(
      action,
      xml({ Content: report.toString('base64'), GeneratedTime, ReportFormat: 'text/csv' }),
    );
  }
}
