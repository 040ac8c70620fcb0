import type { DayFile } from '../../../shared/bucket-layout';
import { type Html, html } from './html';

/** A link to a file in the folder of the page, so that it also works in a downloaded folder. */
export const fileLink = (file: DayFile, text: string = file): Html => html`<a href="${file}">${text}</a>`;
