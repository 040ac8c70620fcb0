/** What moto 5.2 does not do, or does otherwise than AWS, for every test alike. */
import aslValidator from 'asl-validator';
import { athenaActions } from './athena';
import { type Answer, type Gap, type Request, json, queryError, queryOf } from './front';
import { objectLocks } from './object-locks';
import { signaturesOverDigests } from './signatures';
import { stackSetOptions } from './stack-sets';

const isStepFunctions = ({ headers }: Request) =>
  String(headers['x-amz-target']).startsWith('AWSStepFunctions.');

/** Actions that the AWS provider needs. */
const missingActions: Gap = {
  before: ({ headers, body }) => {
    switch (headers['x-amz-target']) {
      case 'AWSStepFunctions.ValidateStateMachineDefinition':
        return json(validation((JSON.parse(body.toString()) as { definition: string }).definition));
      case 'AWSStepFunctions.ListStateMachineVersions':
        return json({ stateMachineVersions: [] });
      default:
        return undefined;
    }
  },
};

function validation(definition: string) {
  const { isValid, errorsText } = aslValidator(JSON.parse(definition) as object);
  const diagnostics = isValid ? [] : [{ severity: 'ERROR', code: 'INVALID', message: errorsText() }];
  return { result: isValid ? 'OK' : 'FAIL', diagnostics, truncated: false };
}

/** The engine takes a percentage with a fraction only; whoever wrote it reads it as it was. */
const percentage: Gap = {
  before: (request) => {
    if (isStepFunctions(request))
      replace(request, /(\\"ToleratedFailurePercentage\\": *\d+)(?![\d.])/g, '$1.0');
    return undefined;
  },
  after: (request, answer) =>
    isStepFunctions(request)
      ? replaced(answer, /(\\"ToleratedFailurePercentage\\": *\d+)\.0/g, '$1')
      : answer,
};

const isBucketPolicy = ({ path }: Request) => /^\/[^/?]+\?policy/.test(path);

/**
 * moto denies without looking at the condition, and nothing here speaks TLS anyway. It leaves alone statements about
 * principals that it does not know. And it takes a question mark in a resource for one of a regular expression.
 */
const bucketPolicies: Gap = {
  before: (request) => {
    if (!isBucketPolicy(request)) return undefined;
    replace(request, /"Principal":"\*"/g, '"Principal":"everyone"');
    replace(request, /\?/g, '~');
    return undefined;
  },
  after: (request, answer) =>
    isBucketPolicy(request)
      ? replaced(replaced(answer, /"Principal":"everyone"/g, '"Principal":"*"'), /~/g, '?')
      : answer,
};

/** Without this header the provider waits three minutes for it. */
const lifecycleHeader: Gap = {
  after: ({ path }, answer) =>
    /[?&]lifecycle\b/.test(path)
      ? {
          ...answer,
          headers: {
            ...answer.headers,
            'x-amz-transition-default-minimum-object-size': 'all_storage_classes_128K',
          },
        }
      : answer,
};

interface FunctionSettings {
  FunctionName: string;
  LoggingConfig?: object;
  KMSKeyArn?: string;
}

/** moto forgets which log group and which key a function was given. */
function functionSettings(): Gap {
  const given = new Map<string, object>();
  return {
    before: ({ method, path, body }) => {
      if (method !== 'POST' || !/^\/2015-03-31\/functions\/?$/.test(path)) return undefined;
      const { FunctionName, LoggingConfig, KMSKeyArn } = JSON.parse(body.toString()) as FunctionSettings;
      given.set(FunctionName, { LoggingConfig, KMSKeyArn });
      return undefined;
    },
    after: ({ method, path }, answer) => {
      const [, name = ''] = /^\/2015-03-31\/functions\/([^/?]+)$/.exec(path) ?? [];
      const settings = given.get(name);
      if (method !== 'GET' || !settings || answer.status !== 200) return answer;
      const told = JSON.parse(answer.body.toString()) as { Configuration: object };
      return {
        ...answer,
        body: JSON.stringify({ ...told, Configuration: { ...told.Configuration, ...settings } }),
      };
    },
  };
}

/**
 * moto does not know ListOrganizationsFeatures.
 * @param answer - the features that are enabled, or an error
 */
export function centralRootAccess(answer: readonly string[] | string): Gap {
  let organization = 'o-exampleorg1';
  return {
    before: (request) => {
      const action = queryOf(request).get('Action');
      if (action !== 'ListOrganizationsFeatures') return undefined;
      if (typeof answer === 'string') return queryError(400, answer, 'by the test');
      const members = answer.map((feature) => `<member>${feature}</member>`).join('');
      const result = `<EnabledFeatures>${members}</EnabledFeatures><OrganizationId>${organization}</OrganizationId>`;
      const body = `<${action}Response><${action}Result>${result}</${action}Result></${action}Response>`;
      return { status: 200, headers: { 'content-type': 'text/xml' }, body };
    },
    after: ({ headers }, told) => {
      if (headers['x-amz-target'] === 'AWSOrganizationsV20161128.CreateOrganization')
        [organization = organization] = /\bo-[a-z0-9]{10,32}\b/.exec(told.body.toString()) ?? [];
      return told;
    },
  };
}

export const gapsOfMoto = (): Gap[] => [
  missingActions,
  centralRootAccess(['RootCredentialsManagement']),
  athenaActions(),
  percentage,
  bucketPolicies,
  lifecycleHeader,
  functionSettings(),
  signaturesOverDigests(),
  stackSetOptions(),
  objectLocks(),
];

/** moto makes stacks in the accounts of an organizational unit, but takes them away by account only. */
export const stackInstancesOf = (accounts: readonly string[]): Gap => ({
  before: (request) => {
    const query = queryOf(request);
    if (query.get('Action') !== 'DeleteStackInstances') return undefined;
    accounts.forEach((account, index) => {
      query.set(`Accounts.member.${index + 1}`, account);
    });
    request.body = Buffer.from(query.toString());
    return undefined;
  },
});

/** moto lets everyone take every role. */
export const refusalOf = (account: string, role: string): Gap => ({
  before: (request) => {
    const query = queryOf(request);
    if (query.get('Action') !== 'AssumeRole') return undefined;
    if (query.get('RoleArn') !== `arn:aws:iam::${account}:role/${role}`) return undefined;
    return queryError(403, 'AccessDenied', 'refused by the test');
  },
});

function replace(request: Request, pattern: RegExp, by: string): void {
  request.body = Buffer.from(request.body.toString().replace(pattern, by));
}

function replaced(answer: Answer, pattern: RegExp, by: string): Answer {
  return { ...answer, body: answer.body.toString().replace(pattern, by) };
}
