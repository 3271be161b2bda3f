import { clausesOf, erasers, type ErasureRefusal, type NamedClause } from '../posts/erasing/erasable.ts';
import type { Protocol } from '../protocol/protocol.ts';
import { nameOf } from './names.ts';

/** How an erasure is asked for. */
const erasureUsage =
  'npm run erase -- 142 --clause 7.1 --as claire-whitworth [--names note,text,media] [--by nadia-hartley]';

/** Why texts of a post were not erased, and what to do, for whoever runs Crier. */
export function sayErasureRefused(
  { refused }: ErasureRefusal,
  { number, clause, as, protocol }: Asked & { readonly protocol: Protocol },
): string {
  switch (refused) {
    case 'clause-unknown':
      return [
        `Nothing was erased: the protocol has no clause ${clause}. Give the one it is done under:`,
        ...clausesOf(protocol).map((each) => `  ${each.clause.padEnd(6)}${about(each)}`),
      ].join('\n');
    case 'may-not-decide':
      return `Nothing was erased: ${nameOf(as, protocol)} may not decide that. Give by --as who decided it: ${erasers(
        protocol,
      )
        .map((person) => `${person} (${nameOf(person, protocol)})`)
        .join(' or ')}.`;
    case 'stands-in-public':
      return `Nothing was erased: post #${number} is public, and would go on saying outside what the record no longer shows. Take it down first: start Crier and have Communications type "remove ${number}".`;
    case 'may-still-go-out':
      return `Nothing was erased: post #${number} may still go out. Start Crier and have it cancelled first ("cancel ${number}"), or taken down once it is public ("remove ${number}").`;
  }
}

interface Asked {
  readonly number: number;
  readonly clause: string;
  readonly as: string;
}

function about({ of }: NamedClause): string {
  if ('rule' in of) return `the rule ${of.rule}`;
  return 'route' in of ? of.route : `how long records of the kind "${of.records}" are kept`;
}

/** What an erasure came to. */
export function sayErased(
  { texts, files }: { readonly texts: number; readonly files: number },
  { number, clause, names }: Pick<Asked, 'number' | 'clause'> & { readonly names: readonly string[] },
): string {
  const went = [
    ...(texts === 0 ? [] : [texts === 1 ? 'One text' : `${texts} texts`]),
    ...(files === 0
      ? []
      : [files === 1 ? 'one file of a picture or video' : `${files} files of pictures and videos`]),
  ].join(' and ');
  if (went !== '') {
    const were = texts + files === 1 ? 'was' : 'were';
    return `${went[0]?.toUpperCase() ?? ''}${went.slice(1)} of post #${number} ${were} erased under clause ${clause}. The record still verifies.`;
  }
  return names.length === 0
    ? `Nothing to erase: post #${number} has no texts in its record any more. Nothing was changed.`
    : `Nothing to erase: no text of post #${number} is meant by that. Its texts: ${names.join(', ')}. Nothing was changed.`;
}

/** That the record no longer has what was to go, while the file of the database may. */
export const sayStillInFile = (number: number): string =>
  `The record of post #${number} no longer shows what was erased, but the database could not be written anew, and its file may still hold the words. See that nothing else reads it (an audit, a copy) and that the disk has room for it once more, then run the erasure again.`;

/** @returns that a person is nobody of the protocol */
export const sayNobody = (person: string): string =>
  `${person} is nobody of the protocol. Give the word that stands before the name there, such as claire-whitworth.`;

/** @returns that there is no such post */
export const sayNoPost = (number: number): string =>
  `There is no post #${number} in this store. If that is wrong, check CRIER_DATA, or STORE and what goes with it.`;

/** @returns that the record of a post is not as Crier wrote it, so that nothing is added to it */
export const sayNotSound = (number: number): string =>
  `Nothing was erased: the record of post #${number} does not verify as it is. Check that CRIER_AUDIT_KEY is the key that Crier runs with, then see what "npm run audit" finds.`;

/** @returns what is missing of what has to be said */
export const sayIncomplete = (): string =>
  `Say which post, under which clause of the protocol, and who decided it: ${erasureUsage}`;
