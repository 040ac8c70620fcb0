import { documentPlace } from '../../constructs/document-place';

describe('The place of a document', () => {
  it('is its file and heading as long as the repository has no page', () => {
    expect(documentPlace('operations.md', 'did-not-run', undefined)).toBe('docs/operations.md, did-not-run');
  });

  it.each(['https://git.example/a/b', 'git+https://git.example/a/b.git'])(
    'is a URL if it has one: %s',
    (url) => {
      expect(documentPlace('integrations.md', 'When an export fails?', url)).toBe(
        'https://git.example/a/b/blob/HEAD/docs/integrations.md#when-an-export-fails',
      );
    },
  );
});
