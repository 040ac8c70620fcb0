import { check, ok, problem, unknown, warning } from '../check';

export const state = check({
  id: 'state',
  question: 'Does the state here belong to what is deployed?',
  needs: 'aws',
  read: () => undefined,
  judge: (_facts, { state: found, isDeployed, stack, environment, deployment }) => {
    if ('unreadable' in found) return unknown(`${found.place}: ${found.unreadable}`);
    const [machine] = stack.ofType('aws_sfn_state_machine');
    const isKnown = machine !== undefined && found.addresses.has(machine.address);
    if (isDeployed && !isKnown)
      return problem(
        `${deployment.name} is deployed, but ${found.place} does not have it: a deployment from here would collide`,
        'Deploy from where it was deployed, or set backend, which shares the state: docs/options.md',
      );
    if (isDeployed === false && isKnown)
      return problem(
        `${found.place} has ${deployment.name}, which is not in this account and Region`,
        'Sign in to the account that it was deployed to',
      );
    if (environment.backend.kind === 'local')
      return warning(
        `the state is a file on this machine, ${found.place}: whoever lacks it cannot change the deployment`,
        'Set backend: docs/options.md',
      );
    return ok(`${found.place} ${isDeployed ? 'has the deployment' : 'has no deployment yet'}`);
  },
});
