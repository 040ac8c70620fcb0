import {
  accountLines,
  findingLines,
} from '../../../../../../handlers/summarize-run/output/page/client/csv-lines';

const account = {
  ...{ id: '123456789012', name: '=1+1', unit: 'Root/Prod', owner: 'ann', outcome: 'collected', about: '' },
  ...{ users: 3, findings: 2 },
};
const check = { id: 'root-mfa', severity: 'critical', title: '', remedy: '', controls: [] };
const finding = {
  user: 0,
  check: 0,
  status: 'exempt' as const,
  isUnknown: true,
  reason: 'a, b',
  acceptance: 'why',
};
const row = { finding, severity: 'critical', account, user: 'ada', check, status: 'exempt' };
const users = [{ account: 0, name: 'ada', arn: 'arn:aws:iam::123456789012:user/ada', cells: [] }];

describe('What a page saves', () => {
  it('is a line for each finding, in which no cell runs as a formula', () => {
    expect(findingLines([row, { ...row, finding: { ...finding, user: 7 } }], users)).toEqual([
      'account_id,account_name,ou,owner,user,arn,check,severity,status,unknown,reason,acceptance\n',
      `123456789012,"'=1+1",Root/Prod,ann,ada,arn:aws:iam::123456789012:user/ada,root-mfa,critical,exempt,true,"a, b",why\n`,
      `123456789012,"'=1+1",Root/Prod,ann,ada,,root-mfa,critical,exempt,true,"a, b",why\n`,
    ]);
  });

  it('is a line for each account; what is not known is empty', () => {
    const failed = { ...account, outcome: 'failed', users: undefined, findings: undefined };
    expect(accountLines([account, failed])).toEqual([
      'account_id,account_name,ou,owner,outcome,users,findings\n',
      `123456789012,"'=1+1",Root/Prod,ann,collected,3,2\n`,
      `123456789012,"'=1+1",Root/Prod,ann,failed,,\n`,
    ]);
  });
});
