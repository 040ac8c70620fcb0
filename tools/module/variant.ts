/** The module and its submodule for a logging account: what is different about them. */
import { type Options, text } from './known';

export interface Variant {
  /** Folder within the module. */
  readonly folder: string;
  /** Options that its stacks have besides those of every module. */
  readonly options: Options;
  /** The data source of the account that has the bucket. */
  readonly owner: string;
  /** Provider of the account that has the bucket, if it is not that of everything else. */
  readonly alias: string | undefined;
}

export const oneAccount: Variant = {
  folder: '',
  options: {},
  owner: 'data.aws_caller_identity.caller',
  alias: undefined,
};

const owner = 'data.aws_caller_identity.logging_account';

export const loggingAccount: Variant = {
  folder: 'modules/logging-account/',
  options: {
    loggingAccount: {
      accountId: text(`${owner}.account_id`, '666666666601', '666666666602'),
      // Only the provider has it, which the caller passes.
      roleName: 'zq-logging-role',
    },
  },
  owner,
  alias: 'logging_account',
};
