import { type Gap, type Request, queryOf } from './front';

/** moto forgets what a StackSet was given beside its template. */
export function stackSetOptions(): Gap {
  const given = new Map<string, string>();
  return {
    before: (request) => {
      const query = queryOf(request);
      if (/^(Create|Update)StackSet$/.test(query.get('Action') ?? ''))
        given.set(query.get('StackSetName') ?? '', optionsOf(query));
      return undefined;
    },
    after: (request, answer) => {
      const options = given.get(describedBy(request));
      if (options === undefined || answer.status !== 200) return answer;
      const answered = answer.body.toString().replace(/<ManagedExecution>.*?<\/ManagedExecution>/s, '');
      return { ...answer, body: answered.replace('<StackSet>', `<StackSet>${options}`) };
    },
  };
}

/** The StackSet that a request describes; an empty text for other requests. */
function describedBy(request: Request): string {
  const query = queryOf(request);
  return query.get('Action') === 'DescribeStackSet' ? (query.get('StackSetName') ?? '') : '';
}

function optionsOf(query: URLSearchParams): string {
  const value = (name: string) => query.get(name) ?? 'false';
  const retain = value('AutoDeployment.RetainStacksOnAccountRemoval');
  const capabilities = [...query].filter(([name]) => name.startsWith('Capabilities.member.'));
  return [
    `<AutoDeployment><Enabled>${value('AutoDeployment.Enabled')}</Enabled>`,
    `<RetainStacksOnAccountRemoval>${retain}</RetainStacksOnAccountRemoval></AutoDeployment>`,
    `<Capabilities>${capabilities.map(([, name]) => `<member>${name}</member>`).join('')}</Capabilities>`,
    `<ManagedExecution><Active>${value('ManagedExecution.Active')}</Active></ManagedExecution>`,
  ].join('');
}
