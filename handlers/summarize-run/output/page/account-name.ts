import type { AccountIdentity } from '../../../core/reconcile';
import { type Html, html } from './html';

/**
 * An account with whose it is, as far as that is known.
 * @param href - where its ID leads
 */
export function accountName({ id, name, unitNames, owner }: AccountIdentity, href?: string): Html {
  const about = [
    ...(owner ? [`owner: ${owner.name}`] : owner === null ? ['no owner'] : []),
    ...(unitNames === undefined ? [] : [`in ${unitNames}`]),
  ];
  return html`<span
    ><span class="id">${href === undefined ? id : html`<a href="${href}">${id}</a>`}</span> ${name}${
      about.length > 0 ? html`<br /><span class="soft">${about.join(', ')}</span>` : undefined
    }</span
  >`;
}
