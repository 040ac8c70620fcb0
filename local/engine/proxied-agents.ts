/**
 * Lets the agents of this thread use a proxy. The SDK in a bundle makes its own agents, and since deployed functions have no
 * proxy, their code does not know of any.
 */
import http from 'node:http';
import https from 'node:https';

/** @param proxyEnv - variables that name the proxy, if there is one */
export function useProxy(proxyEnv: NodeJS.ProcessEnv): void {
  http.Agent = class extends http.Agent {
    constructor(options?: http.AgentOptions) {
      super({ proxyEnv, ...options });
    }
  };
  https.Agent = class extends https.Agent {
    constructor(options?: https.AgentOptions) {
      super({ proxyEnv, ...options });
    }
  };
}
