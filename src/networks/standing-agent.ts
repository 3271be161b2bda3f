import https, { Agent } from 'node:https';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { mayStillBegin, ofThisRequest } from '../core/permit.ts';

type Connected = (fault: Error | null, stream: Duplex) => void;

/**
 * Hands over a connection only once it stands, and only if its request may begin then. Otherwise a request is written to
 * it while it is being opened, however long that takes, and leaves as the first thing when a process that was held still
 * meanwhile goes on.
 */
class StandingAgent extends Agent {
  override createConnection(
    options: Parameters<Agent['createConnection']>[0],
    connected: Connected = () => undefined,
  ): undefined {
    const onceItStands = (stream: Duplex): void => {
      let told = false;
      // Nobody else listens to it before it is handed over: what goes wrong until then is told here, once.
      const tell = (fault: Error | null): void => {
        if (told) return;
        told = true;
        stream.removeListener('error', tell);
        connected(fault, stream);
      };
      const hand = ofThisRequest((): void => {
        mayStillBegin().then(
          () => tell(null),
          (fault: Error) => {
            stream.destroy();
            tell(fault);
          },
        );
      });
      stream.once('error', tell);
      // Whoever it is with has been seen to be the one: it stood already when it was given.
      if (!(stream instanceof TLSSocket) || stream.authorized) hand();
      else stream.once('secureConnect', hand);
    };
    const opened = super.createConnection(options, (fault, stream) => {
      if (fault) connected(fault, stream);
      else onceItStands(stream);
    });
    // By a proxy it is the way to the proxy, in the clear, and what leads through it is given later.
    if (opened instanceof TLSSocket) onceItStands(opened);
  }
}

const made = new WeakMap<Agent, Agent>();

/**
 * Goes by the environment's proxy as the platform's own agent does, and keeps connections as long. The way to a proxy
 * that is itself behind TLS cannot be told from what leads through it: then it is the platform's own.
 */
export function standingAgent(): Agent {
  const { globalAgent } = https;
  const before = made.get(globalAgent);
  if (before !== undefined) return before;
  const { proxyEnv } = globalAgent.options;
  const proxy = proxyEnv?.['https_proxy'] ?? proxyEnv?.['HTTPS_PROXY'] ?? '';
  const agent = proxy.startsWith('https:') ? globalAgent : new StandingAgent(globalAgent.options);
  made.set(globalAgent, agent);
  return agent;
}
