/** What mail and chat programs make links of, more broadly than any of them does. */
export const links: Readonly<Record<string, RegExp>> = {
  'an address with a scheme': /[a-z][a-z0-9+.-]*:\/\//iu,
  'an address without slashes': /\b(?:mailto|tel|sms|sip|skype|callto|news|file|javascript|data):\S/iu,
  'a host name': /[\p{L}\p{N}\p{M}_-]+\.(?:xn--)?\p{L}[\p{L}\p{N}\p{M}-]+/u,
  'a host name with other dots': /[\p{L}\p{N}][\u3002\uff0e\uff61]\p{L}{2,}/u,
  www: /www\.\S/iu,
  'an IPv4 address': /\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}/u,
  'an email address': /[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]+@[\p{L}\p{N}]/u,
  'a Windows share': /\\\\[\p{L}\p{N}]/u,
};

/** What of a text would become a link. */
export const linksIn = (text: string): string[] =>
  Object.entries(links).flatMap(([what, pattern]) => {
    const [found] = pattern.exec(text) ?? [];
    return found === undefined ? [] : [`${what}: ${found}`];
  });
