import { DescribeStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn';
import type { Lambda } from '../../local/engine/lambda';
import type { Caller } from '../support/emulator/aws-cli';
import { clientOf } from '../support/emulator/organization';

interface Definition {
  States: { ListAccounts: { Parameters: { FunctionName: string; Payload: { settings: object } } } };
}

/**
 * Invokes `list-accounts` for an execution that has ended, as somebody could who may invoke functions.
 * @returns the error
 */
export async function listedAfterwards(
  lambda: Lambda | undefined,
  stateMachineArn: string,
  execution: string,
  caller: Caller,
): Promise<string> {
  const client = new SFNClient(clientOf(caller));
  const { definition = '' } = await client.send(new DescribeStateMachineCommand({ stateMachineArn }));
  const { FunctionName, Payload } = (JSON.parse(definition) as Definition).States.ListAccounts.Parameters;
  const arn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${execution}`;
  try {
    return JSON.stringify(await lambda?.invoke(FunctionName, { execution: arn, settings: Payload.settings }));
  } catch (error) {
    return String(error);
  }
}
