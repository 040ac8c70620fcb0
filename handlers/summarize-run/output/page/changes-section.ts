import type { AccountIdentity } from '../../../core/reconcile';
import type { Changes, RunContent } from '../../../core/manifest';
import type { Sample, Samples } from '../../samples';
import { ruleChangeSentences } from '../rule-changes';
import { fileLink } from './file-link';
import { type Html, formatTime, html } from './html';
import { pluralize } from '../../../shared/pluralize';

/** Lines in each list; changes.csv has everything. */
const SHOWN = 20;

/** What changed since the last earlier day. */
export function changesSection({ changes }: RunContent, samples: Samples): Html {
  if (!changes) {
    return html`<section aria-labelledby="changes">
      <h2 id="changes">What changed</h2>
      <p class="soft">There is no earlier day to compare with.</p>
    </section>`;
  }
  const lists = [
    accountList('Accounts added', changes.accountsAdded),
    accountList('Accounts removed', changes.accountsRemoved),
    list('Findings resolved', samples.resolved, ({ account, user, check, credential }) => [
      account,
      `${user}: ${check}${credential && `, ${credential}`}`,
    ]),
    list('Users added', samples.usersAdded, ({ account, user }) => [account, user]),
    list('Users removed', samples.usersRemoved, ({ account, user }) => [account, user]),
    list('Users of accounts that left', samples.usersOfRemovedAccounts, ({ account, user }) => [
      account,
      user,
    ]),
  ];
  return html`<section aria-labelledby="changes">
    <h2 id="changes">What changed</h2>
    <p>
      Since the run of
      <time datetime="${changes.since.startedAt}">${formatTime(changes.since.startedAt)}</time>:
      <strong>${newFindings(changes)}</strong>, ${changes.resolvedFindings} resolved;
      ${pluralize(changes.usersAdded, 'user')} added, ${changes.usersRemoved} removed;
      ${pluralize(changes.accountsAdded.length, 'account')} added, ${changes.accountsRemoved.length} removed.
      ${fileLink('changes.csv', 'All changes')}
    </p>
    ${ruleChangeSentences(changes).map((sentence) => html`<p><strong>${sentence}</strong></p>`)}
    ${removedAccountsLine(changes)}
    <p class="soft">
      ${changes.findingsBefore} findings before, ${changes.newFindings} new, ${changes.appearedFindings}
      appeared by changed rules, ${changes.resolvedFindings} resolved, ${changes.exemptedFindings} now exempt,
      ${changes.disappearedFindings} disappeared by changed rules, ${changes.findingsOfRemovedAccounts} of
      accounts that left: ${changes.findingsNow} now. Failed and skipped accounts count with their last report
      and are not compared until the next one.
    </p>
    <div class="columns">${lists}</div>
  </section>`;
}

/** The script of the page shows them. */
function newFindings({ newFindings: count }: Changes): Html | string {
  const text = pluralize(count, 'new finding');
  return count > 0 ? html`<a href="#status=new">${text}</a>` : text;
}

function removedAccountsLine({
  findingsOfRemovedAccounts,
  usersOfRemovedAccounts,
}: Changes): Html | undefined {
  if (findingsOfRemovedAccounts + usersOfRemovedAccounts === 0) return undefined;
  return html`<p>
    Accounts that left the organization had ${pluralize(usersOfRemovedAccounts, 'user')} and
    ${pluralize(findingsOfRemovedAccounts, 'finding')}. They are neither removed nor resolved.
  </p>`;
}

function accountList(
  title: string,
  accounts: readonly { id: string; name: string; why: string }[],
): Html | undefined {
  const lines = accounts.slice(0, SHOWN).map((account) => line(account, account.why));
  return items(title, lines, accounts.length);
}

function list<Item>(
  title: string,
  sample: Sample<Item>,
  texts: (item: Item) => [AccountIdentity, string],
): Html | undefined {
  const lines = sample.take(SHOWN).map((item) => line(...texts(item)));
  return items(title, lines, sample.total);
}

function line({ id, name }: Pick<AccountIdentity, 'id' | 'name'>, text: string): Html {
  return html`<li><span class="id">${id}</span> ${name}: ${text}</li>`;
}

function items(title: string, lines: Html[], total: number): Html | undefined {
  if (total === 0) return undefined;
  const more = total - lines.length;
  return html`<div>
    <h3>${title}</h3>
    <ul>
      ${lines} ${more > 0 ? html`<li>and ${more} more, see ${fileLink('changes.csv')}</li>` : undefined}
    </ul>
  </div>`;
}
