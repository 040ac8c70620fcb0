/**
 * Faults of AWS calls, as data: which calls fail, how, from when and how often. The outcome depends only on the faults and
 * the calls, so that a list of faults can be replayed.
 */
import type { Services } from '../server';
import type { Service, ServiceRequest } from '../service';
import { type Call, type CallName, callOf } from './calls';
import { faultyAnswer } from './fault-answers';
import type { FaultKind } from './fault-kinds';
import type { EmbeddedOrganization } from '../organization/organization';
import { keyIn } from '../s3/place';

export interface Fault {
  call: CallName;
  kind: FaultKind;
  /**
   * Index of the account whose calls it hits, modulo the number of accounts.
   * @default - calls for any account
   */
  account?: number;
  /**
   * What the key or the prefix of a call to S3 contains.
   * @default - any
   */
  key?: string;
  /** Calls that succeed before it. */
  after: number;
  /** Calls that then fail; `Infinity` for all. */
  times: number;
}

/** A call that was hit. */
export interface Hit extends Call {
  kind: FaultKind;
  request: ServiceRequest;
}

export interface FaultyServicesProps {
  services: Services;
  faults: readonly Fault[];
  organization: Pick<EmbeddedOrganization, 'accounts' | 'leave'>;
  /** Called for every call that is hit, and for those rejected because their session was ended. */
  onHit?: (hit: Hit) => void;
}

/** The services with these faults. If several match a call, the first applies. */
export function withFaults({ services, faults, organization, onHit }: FaultyServicesProps): Services {
  const accounts = organization.accounts.map(({ id }) => id);
  const counted = faults.map((fault) => ({ fault, seen: 0 }));
  const hitting = ({ name, account }: Call, { url }: ServiceRequest): Fault | undefined => {
    const fitting = counted.filter(
      ({ fault }) =>
        fault.call === name &&
        (fault.account === undefined || accounts[fault.account % accounts.length] === account) &&
        (fault.key === undefined || keyIn(url).includes(fault.key)),
    );
    const active = fitting.find(({ fault, seen }) => seen >= fault.after && seen < fault.after + fault.times);
    for (const one of fitting) one.seen++;
    return active?.fault;
  };
  const ended = new Set<string>();
  const faulty =
    (service: string, serve: Service): Service =>
    (request) => {
      const call = callOf(service, request);
      if (call && ended.has(request.accessKeyId)) {
        onHit?.({ ...call, kind: 'session-ended', request });
        return faultyAnswer({ call: call.name, kind: 'session-ended' }, serve, request);
      }
      const fault = call && hitting(call, request);
      if (!fault) return serve(request);
      onHit?.({ ...call, kind: fault.kind, request });
      if (fault.kind === 'session-ended') ended.add(request.accessKeyId);
      if (fault.kind === 'account-left' && call.account) organization.leave(call.account);
      return faultyAnswer(fault, serve, request);
    };
  return Object.fromEntries(
    Object.entries(services).map(([service, serve]) => [service, faulty(service, serve)]),
  );
}
