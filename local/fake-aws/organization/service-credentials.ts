/** Service-specific credentials of an account, with what is planted in them. */
import { Random } from '../random';
import { DAY } from './churn';

/** As IAM returns it, with times in ISO 8601. */
export interface EmbeddedServiceCredential {
  UserName: string;
  ServiceName: string;
  Status: 'Active' | 'Inactive' | 'Expired';
  CreateDate: string;
  ExpirationDate?: string;
  ServiceSpecificCredentialId: string;
  ServiceUserName?: string;
  ServiceCredentialAlias?: string;
}

/** IDs of the checks that planted credentials fail. */
export const plantedServiceRules = [
  'service-credential-without-expiry',
  'old-service-credential',
  'inactive-service-credential',
] as const;
export type PlantedServiceRule = (typeof plantedServiceRules)[number];

interface Planted {
  breaks: readonly PlantedServiceRule[];
  status: EmbeddedServiceCredential['Status'];
  /** Age in days: from, to. */
  age: readonly [number, number];
  /** Days until it expires, or since it expired if negative. */
  expires?: number;
}

/** Only API keys can expire. */
const API_KEYS = ['bedrock.amazonaws.com', 'logs.amazonaws.com'] as const;
const PASSWORDS = ['codecommit.amazonaws.com', 'cassandra.amazonaws.com'] as const;

/** The rules are stated here independently of the checks, at their default thresholds. */
const planted: readonly [Planted, ...Planted[]] = [
  { breaks: [], status: 'Active', age: [0, 29], expires: 30 },
  { breaks: ['old-service-credential'], status: 'Active', age: [91, 300], expires: 30 },
  { breaks: ['service-credential-without-expiry'], status: 'Active', age: [0, 90] },
  {
    breaks: ['service-credential-without-expiry', 'old-service-credential'],
    status: 'Active',
    age: [91, 900],
  },
  { breaks: ['inactive-service-credential'], status: 'Inactive', age: [0, 900] },
  { breaks: ['inactive-service-credential'], status: 'Expired', age: [91, 900], expires: -30 },
];

const CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

export interface PlantedServiceCredentials {
  credentials: EmbeddedServiceCredential[];
  /** Credentials that break each rule. */
  planted: Record<PlantedServiceRule, number>;
}

/**
 * @param seed - other than that of the report, whose random choices stay the same with and without these credentials
 * @param users - names of the users of the account
 */
export function serviceCredentials(
  { id, seed, users }: { id: string; seed: number; users: readonly string[] },
  now: Date,
): PlantedServiceCredentials {
  const random = new Random(seed);
  const counts = Object.fromEntries(plantedServiceRules.map((rule) => [rule, 0])) as Record<
    PlantedServiceRule,
    number
  >;
  const timeIn = (days: number) =>
    new Date(Math.floor((now.getTime() + days * DAY) / 1000) * 1000).toISOString();
  const one = (UserName: string): EmbeddedServiceCredential => {
    const { breaks, status, age, expires } = random.oneOf(planted);
    for (const rule of breaks) counts[rule]++;
    const isKey = expires !== undefined || random.oneIn(2);
    const suffix = Array.from({ length: 16 }, () => CHARACTERS[random.between(0, 31)]).join('');
    return {
      UserName,
      ServiceName: random.oneOf(isKey ? API_KEYS : PASSWORDS),
      Status: status,
      // Half a day more than the age, as in reports: ages are counted from the start of the run.
      CreateDate: timeIn(-random.between(...age) - 0.5),
      ...(expires !== undefined && { ExpirationDate: timeIn(expires) }),
      ServiceSpecificCredentialId: `ACCALOCA${suffix}`,
      ...(isKey
        ? { ServiceCredentialAlias: `${UserName}-at-${id}` }
        : { ServiceUserName: `${UserName}-at-${id}` }),
    };
  };
  const owners = users.filter(() => random.oneIn(4));
  // A user that was created after the report was generated is in no row of it.
  if (random.oneIn(5)) owners.push('created.after-report');
  const credentials = owners.flatMap((user) => (random.oneIn(3) ? [one(user), one(user)] : [one(user)]));
  return { credentials, planted: counts };
}
