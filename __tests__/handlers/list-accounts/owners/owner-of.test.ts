import { type OwnerFacts, ownerName, ownerOf } from '../../../../handlers/list-accounts/owners/owner-of';
import type { OwnerSettings } from '../../../../handlers/shared/events';

const ACCOUNT = '111111111111';
const account = { id: ACCOUNT, path: `o-example/r-ab12/ou-ab12-11111111/ou-ab12-22222222/${ACCOUNT}/` };
const settings: OwnerSettings = { tag: 'Owner', file: true, email: true, unitNames: false };
const today = '2026-11-22';
const file = (names: Record<string, string>) => ({
  names: new Map(Object.entries(names)),
  asOf: '2026-11-01',
});
const tags = (values: Record<string, string>) => ({ values, asOf: '2026-11-10' });
const owner = (facts: Partial<OwnerFacts>, changed: Partial<OwnerSettings> = {}) =>
  ownerOf(account, { ...settings, ...changed }, { today, ...facts });

describe('the owner of an account', () => {
  const everything = {
    file: file({ [ACCOUNT]: 'by account', 'ou-ab12-11111111': 'upper', 'ou-ab12-22222222': 'nearest' }),
    tags: tags({ Owner: 'by tag' }),
    email: 'aws@example.com',
  };

  it('is what the file says of the account, with the date of the file', () => {
    expect(owner(everything)).toEqual({ name: 'by account', source: 'file', asOf: '2026-11-01' });
  });

  it('is the tag before what the file says of units, with the date on which the tag was read', () => {
    const { file: _, ...rest } = everything;
    expect(owner({ ...rest, file: file({ 'ou-ab12-22222222': 'nearest' }) })).toEqual({
      name: 'by tag',
      source: 'tag',
      asOf: '2026-11-10',
    });
  });

  it('is that of the nearest unit that the file names', () => {
    const units = file({ 'ou-ab12-11111111': 'upper', 'ou-ab12-22222222': 'nearest' });
    expect(owner({ ...everything, tags: tags({}), file: units })).toMatchObject({ name: 'nearest' });
    expect(owner({ tags: tags({}), file: file({ 'ou-ab12-11111111': 'upper' }) })).toMatchObject({
      name: 'upper',
    });
  });

  it('is the email address only if nothing else is, and if the environment asks for it', () => {
    const facts = { file: file({}), tags: tags({}), email: 'aws@example.com' };
    expect(owner(facts)).toEqual({ name: 'aws@example.com', source: 'email', asOf: today });
    expect(owner(facts, { email: false })).toBeNull();
  });

  it('is null only if every source was read, and not known otherwise', () => {
    expect(owner({ file: file({}), tags: tags({ Team: 'x' }) })).toBeNull();
    expect(owner({ file: file({}) })).toBeUndefined();
    expect(owner({ tags: tags({}) })).toBeUndefined();
    expect(owner({ tags: tags({}) }, { file: false })).toBeNull();
    expect(owner({ file: file({}) }, { tag: undefined })).toBeNull();
  });

  it('is not known if a source that comes first was not read, whatever the others say', () => {
    expect(owner({ tags: tags({ Owner: 'by tag' }), email: 'aws@example.com' })).toBeUndefined();
    expect(owner({ file: file({ 'ou-ab12-22222222': 'nearest' }) })).toBeUndefined();
    expect(owner({ file: file({}), email: 'aws@example.com' })).toBeUndefined();
    expect(owner({ file: file({ [ACCOUNT]: 'by account' }) })).toMatchObject({ name: 'by account' });
  });

  it('is another source if the tag is empty', () => {
    expect(owner({ file: file({}), tags: tags({ Owner: '  ' }), email: 'aws@example.com' })).toMatchObject({
      source: 'email',
    });
  });

  it('is one line without control characters, of at most 256 characters', () => {
    expect(ownerName(' a\n\u202Eb\u0007 ')).toBe('a b');
    expect(ownerName('x'.repeat(300))).toHaveLength(256);
    expect(ownerName(`${'x'.repeat(255)}😀`).isWellFormed()).toBe(true);
  });
});
