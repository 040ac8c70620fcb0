import { isDeepStrictEqual } from 'node:util';
import { check, ok, problem, warning } from '../check';
import { deployCommand } from '../deploy-command';
import { isKnown } from '../expected-stack';

export const workflow = check({
  id: 'workflow',
  question: 'Is the deployed state machine the one that would be synthesized?',
  needs: 'deployment',
  read: async (aws, { deployment: { stateMachineArn } }) => {
    const { definition = '', status } = await aws.get('states:DescribeStateMachine', { stateMachineArn });
    return { definition, status };
  },
  judge: ({ definition, status }, { name, stack }) => {
    if (status === 'DELETING') return problem('the state machine is being deleted');
    const [machine] = stack.ofType('aws_sfn_state_machine');
    const expected = String(machine?.attributes.definition);
    if (!isKnown(expected)) return ok('it exists; its definition has values that only Terraform knows');
    return isDeepStrictEqual(JSON.parse(definition), JSON.parse(expected))
      ? ok('definition and settings are those of this checkout')
      : warning('definition or settings differ from those of this checkout', deployCommand(name));
  },
});
