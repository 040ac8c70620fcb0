import { PLACEHOLDERS, RunOutputs, withManifest } from '../../../handlers/summarize-run/outputs-file';

const recorded = { key: 'manifests/production/00000012.json', sha256: 'f'.repeat(64) };
const { manifestLink, manifestPlace, manifestHash } = PLACEHOLDERS;

describe('a text that names the manifest', () => {
  it.each([
    ['', ''],
    ['organization/2026-11-22/', '../../'],
    ['runs/2026-11-22/run-1/0123456789abcdef/', '../../../../'],
  ])('leads from the folder %j up to the folder of the bucket, and down again', (folder, up) => {
    expect(withManifest(`<${manifestLink}>`, recorded, { folder })).toBe(`<${up}${recorded.key}>`);
  });

  it('leads to the manifest from the folder of the bucket if no folder is named', () => {
    expect(withManifest(manifestLink, recorded, {})).toBe(recorded.key);
  });

  it('names its hash and its place, everywhere', () => {
    const text = `${manifestHash} at ${manifestPlace}, ${manifestHash} at ${manifestPlace}, ${manifestLink}${manifestLink}`;
    const { key, sha256 } = recorded;
    expect(withManifest(text, recorded, { place: 's3://b/m' })).toBe(
      `${sha256} at s3://b/m, ${sha256} at s3://b/m, ${key}${key}`,
    );
  });

  it('has no place if none is named', () => {
    expect(withManifest(`at ${manifestPlace}.`, recorded, { folder: 'a/' })).toBe('at .');
  });

  it('takes the place and the key as they are, whatever characters they have', () => {
    const strange = { ...recorded, key: "manifests/$&$'/1.json" };
    const text = `${manifestPlace} ${manifestLink}`;
    expect(withManifest(text, strange, { place: 's3://b/$&$`' })).toBe(`s3://b/$&$\` ${strange.key}`);
  });

  it('is the same if it names nothing of the manifest', () => {
    expect(withManifest('manifest hash \u0001 manifest link', recorded, { place: 'p' })).toBe(
      'manifest hash \u0001 manifest link',
    );
  });
});

describe('what stands for the manifest', () => {
  it('are three texts that no name contains: each begins and ends with a control character', () => {
    const all = Object.values(PLACEHOLDERS);
    expect(new Set(all).size).toBe(3);
    for (const text of all) expect(text).toMatch(/^\p{Cc}[^\p{Cc}]+\p{Cc}$/u);
  });
});

describe('what a run tells people', () => {
  const outputs = { version: 1, page: '<p>', digest: { subject: 's', message: 'm' }, publish: true };
  const isValid = (value: unknown) => RunOutputs.safeParse(value).success;

  it('is a page, a digest and whether that is due', () => {
    expect(isValid(outputs)).toBe(true);
  });

  it('is also a message for chats, which earlier versions did not write', () => {
    const chat = {
      content: { title: 't', description: 'd', nextSteps: [], keywords: [] },
      metadata: { threadId: 'i', summary: 's', eventType: 'e', relatedResources: [], additionalContext: {} },
    };
    expect(isValid({ ...outputs, chat })).toBe(true);
    expect(isValid({ ...outputs, chat: {} })).toBe(false);
  });

  it.each([
    ['of another version', { version: 2 }],
    ['without a page', { page: undefined }],
    ['without a subject', { digest: { message: 'm' } }],
    ['without a message', { digest: { subject: 's' } }],
    ['that does not say whether the digest is due', { publish: undefined }],
  ])('is not accepted %s', (_what, change) => {
    expect(isValid({ ...outputs, ...change })).toBe(false);
  });
});
