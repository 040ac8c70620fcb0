/** The tables about the AWS provider, from the lists that tests compare with what is synthesized. */
import { deprecated } from '../provider-schema/deprecated';
import { filledByAws } from '../provider-schema/filled-by-aws';
import { alsoTakenOver } from '../provider-schema/taken-over';
import { unprovenAttributes } from '../provider-schema/unproven';
import { codes, table } from './markdown';

const link = (source: string) => `[source](${source})`;

export const filledTable = () =>
  table(
    ['attribute', 'what AWS fills in', 'what is done', 'source'],
    filledByAws.map(({ attribute, value, handled, note, source }) => [
      codes([attribute]),
      value,
      note === undefined ? handled : `${handled}. ${note}.`,
      link(source),
    ]),
  );

export const takenOverTable = () =>
  table(
    ['type', 'attributes'],
    [...alsoTakenOver()].map(([type, paths]) => [
      codes([type]),
      codes(paths.map((path) => path.slice(type.length + 1))),
    ]),
  );

export const deprecatedTable = () =>
  table(
    ['deprecated', 'use instead', 'source'],
    deprecated.map(({ attribute, instead, source }) => [codes([attribute]), instead, link(source)]),
  );

export const unprovenTable = () =>
  table(
    ['attribute', 'known since', 'what the test does'],
    unprovenAttributes.map(({ attribute, since, instead }) => [
      codes([attribute]),
      since,
      instead === undefined
        ? 'leaves it out'
        : 'name' in instead
          ? `calls it \`${instead.name}\``
          : Object.entries(instead.values)
              .map(([value, other]) => `replaces \`${value}\` by \`${other}\``)
              .join('; '),
    ]),
  );
