import { PLACEHOLDERS } from '../../../../handlers/summarize-run/outputs-file';
import '../../../support/quiet';
import { messagesOf } from '../../../../handlers/summarize-run/publish/messages';
import { manifestOf } from '../../../support/manifests';
import { DATE } from '../../../support/stored-run';
import { SummarizedRuns } from '../../../support/summarized';

const { bucket } = new SummarizedRuns().store;
const recorded = {
  key: 'manifests/production/00000001.json',
  sha256: 'f'.repeat(64),
  manifest: manifestOf([]),
  text: '',
} as unknown as Parameters<typeof messagesOf>[2];
const message = `Manifest: ${PLACEHOLDERS.manifestPlace}, ${PLACEHOLDERS.manifestHash}`;
const outputs = { version: 1 as const, page: '', publish: true, digest: { subject: 's', message } };
interface Notification {
  content: { title: string; description: string; nextSteps: string[] };
}
const chatOf = (messages: { chat: string }) => (JSON.parse(messages.chat) as Notification).content;

describe('the messages of a run', () => {
  it('name the manifest, and first what is not signed', () => {
    const place = `s3://reports/manifests/production/00000001.json, ${'f'.repeat(64)}`;
    expect(messagesOf(bucket, outputs, recorded, undefined)).toMatchObject({
      subject: 's',
      message: `Manifest: ${place}`,
    });
    const unsigned = messagesOf(bucket, outputs, recorded, 'NOT SIGNED');
    expect(unsigned.message).toBe(`NOT SIGNED\n\nManifest: ${place}`);
    expect(chatOf(unsigned).description).toMatch(/^`NOT SIGNED`\n/);
  });

  it('have one for chats also if the files of the run have none', () => {
    const { title, nextSteps } = chatOf(messagesOf(bucket, outputs, recorded, undefined));
    expect(title).toBe('s');
    expect(nextSteps).toEqual([`Open the page of the day: s3://reports/organization/${DATE}/index.html`]);
  });

  it('have that of the files of the run', async () => {
    const { summary } = await new SummarizedRuns().run([], { digest: 'always' });
    const { title, description } = chatOf(summary.digest!);
    expect(title).toBe(summary.digest?.subject);
    expect(description).toContain('- Accounts: 0 collected, 0 failed, 0 skipped');
  });
});
