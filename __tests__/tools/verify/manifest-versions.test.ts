import type { EvidenceStore, ObjectVersion } from '../../../tools/verify/evidence-store';
import { manifestVersionFindings } from '../../../tools/verify/manifest-versions';

const key = (number: number) => `manifests/test/0000000${number}.json`;
const version = (number: number, versionId: string, isDeleteMarker = false): ObjectVersion => ({
  key: key(number),
  versionId,
  isDeleteMarker,
});
const findingsOf = (versions: ObjectVersion[], expired = 0) =>
  manifestVersionFindings(
    { versions: () => versions.values() } as unknown as EvidenceStore,
    'test',
    (number) => number <= expired,
  );

describe('the versions of manifests', () => {
  it('are right when there is one of each', async () => {
    await expect(findingsOf([version(1, 'a'), version(2, 'b')])).resolves.toEqual([]);
  });

  it('show a manifest that was replaced, even if everything after it was made anew', async () => {
    await expect(findingsOf([version(1, 'b'), version(1, 'a')])).resolves.toEqual([
      { status: 'altered', key: key(1), detail: 'it was written once, but has 2 versions: b, a' },
    ]);
  });

  it('show a manifest that was deleted, and where it still is', async () => {
    await expect(findingsOf([version(2, 'x', true), version(2, 'a')])).resolves.toEqual([
      { status: 'missing', key: key(2), detail: 'deleted; version a still has it' },
    ]);
    await expect(findingsOf([version(2, 'x', true)])).resolves.toEqual([
      { status: 'missing', key: key(2), detail: 'deleted' },
    ]);
  });

  it('say nothing of a manifest that the retention period removed', async () => {
    await expect(findingsOf([version(1, 'x', true), version(1, 'a')], 1)).resolves.toEqual([]);
  });

  it('say nothing of signatures, which lie beside manifests', async () => {
    const signature = { key: 'manifests/test/00000001.key.sig', versionId: 'a', isDeleteMarker: false };
    await expect(findingsOf([signature, { ...signature, versionId: 'b' }])).resolves.toEqual([]);
  });

  it('are noted when they cannot be listed', async () => {
    const versions = () => {
      throw new Error('AccessDenied: no');
    };
    await expect(
      manifestVersionFindings({ versions } as unknown as EvidenceStore, 'test', () => false),
    ).resolves.toMatchObject([{ status: 'note', key: 'manifests/test/' }]);
  });
});
