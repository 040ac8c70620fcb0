import { type Answer, type Request, json, queryError } from './front';

/** Answers a request as AWS does when it denies it, in the protocol of the request. */
export function accessDenied({ headers, path }: Request, message: string): Answer {
  const isJson = headers['x-amz-target'] !== undefined;
  if (isJson) return json({ __type: 'AccessDeniedException', Message: message, message }, 400);
  const isQuery = headers['content-type']?.startsWith('application/x-www-form-urlencoded');
  const isRest = /^\/(\d{4}-\d{2}-\d{2}|schedules)\//.test(path);
  if (isRest) return json({ Message: message }, 403, { 'x-amzn-errortype': 'AccessDeniedException' });
  const text = escaped(message);
  if (isQuery) return queryError(403, 'AccessDenied', text);
  const body = `<Error><Code>AccessDenied</Code><Message>${text}</Message></Error>`;
  return { status: 403, headers: { 'content-type': 'text/xml' }, body };
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
