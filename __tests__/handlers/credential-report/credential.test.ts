import {
  ACCESS_KEYS,
  type Credential,
  PASSWORD,
  identityOfCredential,
  nameOf,
} from '../../../handlers/credential-report/credential';

const credential = (fields: Partial<Credential>): Credential => ({
  kind: 'access-key',
  id: '1',
  createdAt: '2026-11-12T08:00:00Z',
  ageDays: 10,
  lastUsedAt: '',
  lastUsedRegion: '',
  lastUsedService: '',
  ...fields,
});

describe('a credential', () => {
  it('is called by its kind, and by its slot if there are several', () => {
    expect(nameOf(PASSWORD)).toBe('password');
    expect(ACCESS_KEYS.map(nameOf)).toEqual(['access key 1', 'access key 2']);
  });

  it.each<[string, Partial<Credential>, string]>([
    ['a key in slot 1 is known by its date', {}, 'access-key 2026-11-12T08:00:00.000Z'],
    ['and is the same in slot 2', { id: '2' }, 'access-key 2026-11-12T08:00:00.000Z'],
    [
      'and when the report writes +00:00',
      { createdAt: '2026-11-12T08:00:00+00:00' },
      'access-key 2026-11-12T08:00:00.000Z',
    ],
    ['without a date, a key is the same in both slots', { id: '2', createdAt: '' }, 'access-key'],
    ['a certificate is no access key', { kind: 'certificate' }, 'certificate 2026-11-12T08:00:00.000Z'],
    ['a password stays the same when it changes', { kind: 'password', id: '' }, 'password'],
    [
      'a service-specific credential has an ID of its own',
      { kind: 'service-specific', id: 'ACCAEXAMPLE' },
      'service-specific ACCAEXAMPLE',
    ],
  ])('has an identity: %s', (_about, fields, identity) => {
    expect(identityOfCredential(credential(fields))).toBe(identity);
  });
});
