import type { Protocol } from '../protocol/protocol.ts';
import { sayList } from './names.ts';

/** Every one of these people by name, for the lines at the start. */
export function sayNames(people: readonly string[], protocol: Protocol): string {
  return sayList(
    people.map((person) => protocol.people[person]?.name ?? person),
    'and',
    people.length,
  );
}

/**
 * Why nobody can be answered at the address that was asked for, and what to do.
 * @param code what the operating system calls it, such as EADDRINUSE
 */
export function sayCannotListen(
  code: string,
  { host, port }: { readonly host: string; readonly port: number },
): string {
  switch (code) {
    case 'EADDRINUSE':
      return `Something else on this machine uses port ${port}, perhaps another Crier. Stop it first, or set PORT to another number.`;
    case 'EACCES':
      return `This account may not use port ${port}. Set PORT to a number above 1023.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${host} is no address of this machine. Set HOST to one of its own.`;
    default:
      return `It cannot listen on ${host}, port ${port}${code === '' ? '' : ` (${code})`}. Set HOST and PORT to an address of this machine and a free port.`;
  }
}

/** Why nothing can be kept. */
export function sayCannotKeep(folder: string): string {
  return `The folder ${folder} can not be written to, or is no folder. Set CRIER_DATA to one that this account may write to.`;
}
