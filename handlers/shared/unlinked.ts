/**
 * Names, owners and details come from outside, and programs that show messages make links of what looks like one. The
 * characters that make an address are put in brackets, as security teams do: `evil[.]example[.]com`, `https[:]//`.
 * People read them, and remove the brackets when they need the address.
 *
 * A word with a dot before letters counts as a host name, whatever the letters are: there are more than a thousand
 * top-level domains, with names such as `love` and `black`, and every program has a list of its own. So `ada.lovelace`
 * becomes `ada[.]lovelace`. Numbers, versions and times have no such dot.
 */

/** The full stop, and what browsers and Unicode take for one. */
const DOT = '.\u3002\uff0e\uff61\u2024';
/** The same for the sign in an email address. */
const AT = '@\uff20\ufe6b';
/** Schemes that need no slashes. Many programs take any letter that is not ASCII for the end of a word: `étel:1`. */
const SCHEMES =
  'mailto|tel|sms|sip|sips|callto|skype|facetime|xmpp|news|nntp|file|javascript|vbscript|data|magnet|geo|webcal|im|urn';

/** Any of these makes a word look like an address. */
const looksLikeAddress = new RegExp(
  [
    // A dot between the labels of a host name, of which characters without a width are no part.
    `[^\\s${DOT}]\\p{Cf}*[${DOT}]\\p{Cf}*\\p{L}[\\p{L}\\p{N}\\p{M}\\p{Cf}-]`,
    `www\\d*[${DOT}]\\S`,
    // An IPv4 address.
    `\\d{1,3}(?:[${DOT}]\\d{1,3}){3}`,
    `[^\\s[][${AT}][^\\s\\]]`,
    ':[/\\\\]{2}',
    `(?:^|[^a-z0-9_])(?:${SCHEMES}):\\S`,
    // The path of a Windows share.
    '\\\\{2,}[^\\s\\]\\\\]',
  ].join('|'),
  'iu',
);

/** What is put in brackets in such a word. */
const linking = new RegExp(
  [
    `(?<=\\S)[${DOT}](?=\\p{Cf}*[\\p{L}\\p{N}])`,
    `(?<=www\\d*)[${DOT}](?=\\S)`,
    `(?<=[^\\s[])[${AT}](?=[^\\s\\]])`,
    ':(?=[/\\\\]{2})',
    `(?<=(?:^|[^a-z0-9_])(?:${SCHEMES})):(?=\\S)`,
    '\\\\{2,}(?=[^\\s\\]\\\\])',
  ].join('|'),
  'giu',
);

/** The text without anything that a mail or chat program makes a link of. Text that has no address stays as it is. */
export const unlinked = (text: string): string =>
  text.replace(/\S+/gu, (word) => (looksLikeAddress.test(word) ? word.replace(linking, '[$&]') : word));
