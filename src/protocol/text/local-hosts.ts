/** Endings of names that stand for places inside a network, by RFC 6761, 6762, 8375 and common use. */
const localEndings = /(?:^|\.)(?:localhost|local|localdomain|internal|intranet|lan|home|corp|private|arpa)$/u;

/**
 * Whether a host, as `URL` writes it, is no name in public: a bare address of any kind, a name without a dot, or one
 * that stands for a place inside a network. What a public name resolves to is not asked here.
 */
export function isLocalHost(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/u, '');
  return /^\[|^\d+(?:\.\d+){3}$/u.test(name) || !name.includes('.') || localEndings.test(name);
}
