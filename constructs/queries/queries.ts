import { Construct } from 'constructs';
import { Forgotten } from '../forgotten';
import type { Statement } from '../policy';
import { ANY_ACCESS_LOGGING } from '../storage/access-logging';
import { QueryTables, type QueryTablesProps } from './query-tables';

/** Options of {@link Queries}. */
export interface QueriesProps extends QueryTablesProps {
  /** Whether there are tables. */
  readonly athena: boolean;
}

/** Queries with Amazon Athena, in the account that has the bucket. */
export class Queries extends Construct {
  /** For the policy of those who query, in addition to reading the results of runs. */
  readonly statements: readonly Statement[];
  /** Account of tables, workgroup and results. */
  readonly accountId: string;
  /**
   * The role in that account with which readers of other accounts query. The account's administrators create it: what deploys a
   * logging account should not be able to create roles there.
   */
  readonly roleArn: string;
  /** The bucket of results, if there are tables. */
  readonly bucketArns: readonly string[];

  constructor(scope: Construct, id: string, { athena, ...props }: QueriesProps) {
    super(scope, id);
    this.accountId = props.owner?.accountId ?? props.deployment.accountId;
    this.roleArn = props.deployment.roleArn(props.deployment.nameOf('reader'), this.accountId);
    // In a logging account everything has other addresses than in this account: Terraform cannot move it.
    const loggingAccount = new Construct(this, 'logging-account');
    const place = props.owner ? loggingAccount : this;
    const tables = athena ? new QueryTables(place, 'tables', props) : undefined;
    this.statements = tables?.statements ?? [];
    this.bucketArns = tables ? [tables.resultsBucketArn] : [];
    // Terraform destroys tables that are switched off, except in a logging account that is taken out at the same time, where
    // it cannot sign in any more. The results there expire.
    if (!props.owner) {
      new Forgotten(this, 'forgotten', {
        places: [loggingAccount],
        makers: {
          tables: (absent, tables) => {
            new QueryTables(absent, tables, { ...props, accessLogging: ANY_ACCESS_LOGGING });
          },
        },
      });
    }
  }
}
