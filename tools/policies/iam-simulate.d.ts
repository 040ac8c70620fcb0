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
