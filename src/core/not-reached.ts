import { z } from 'zod';

const errorSchema = z.object({
  code: z.unknown().optional(),
  syscall: z.unknown().optional(),
  message: z.unknown().optional(),
  cause: z.unknown().optional(),
});

/** Codes of connections that never came to be, from Node and from undici; the last is the answer of a proxy. */
const neverConnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_PROXY_TUNNEL',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'CERT_HAS_EXPIRED',
]);

/** Whether a fault says for certain that no byte of a request left: there was no connection to send it on. */
export function notReached(fault: unknown): boolean {
  let at: unknown = fault;
  // A fetch hides the reason below one or two faults of its own.
  for (let depth = 0; depth < 5; depth += 1) {
    const read = errorSchema.safeParse(at);
    if (!read.success) return false;
    const { code, syscall, message, cause } = read.data;
    if (typeof code === 'string' && neverConnected.has(code)) return true;
    if (syscall === 'connect' || syscall === 'getaddrinfo') return true;
    if (
      code === 'UND_ERR_ABORTED' &&
      typeof message === 'string' &&
      /^Proxy response .* Tunneling$/.test(message)
    ) {
      return true;
    }
    at = cause;
  }
  return false;
}
