import { keyAgesSection } from '../../../../../handlers/summarize-run/output/page/key-ages-section';
import { contentOf } from '../../../../support/manifests';

const sectionOf = (keys: number, unknown: number) => {
  const groups = [
    { from: 0, to: 30, keys },
    { from: 31, to: null, keys: 2 * keys },
  ];
  const text = keyAgesSection(contentOf([], { keyAges: { groups, unknown } }))?.text ?? '';
  return [...text.matchAll(/<th scope="row">(.*?)<\/th>\s*<td class="number">(.*?)<\/td>/g)].map(
    ([, age, count]) => [age, count],
  );
};

describe('the access keys on the page', () => {
  it('are counted by age, the unknown ones last', () => {
    expect(sectionOf(4, 1)).toEqual([
      ['0 to 30 days', '4'],
      ['31 days or more', '8'],
      ['unknown', '1'],
    ]);
  });

  it('have no row for unknown ages if there are none', () => {
    expect(sectionOf(4, 0)).toHaveLength(2);
  });

  it('are left out if there are none', () => {
    expect(sectionOf(0, 0)).toEqual([]);
    expect(sectionOf(0, 1)).toHaveLength(3);
  });
});
