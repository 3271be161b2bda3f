import type { Protocol } from '../protocol.ts';
import type { Range } from '../text/links.ts';
import { namesOf } from './named.ts';
import { politiciansIn } from './office-holders.ts';
import { speaksOfCouncillors } from './other-leaders.ts';
import type { Mention } from './politicians.ts';
import { councillorsIn, mentionsOf } from './politicians.ts';

/**
 * Whom a text may promote: one councillor, by name or by office; where it speaks of councillors and names none so,
 * whoever it names. Several in a row are not one, and a politician who is no councillor (an MP, a metro mayor) is none.
 */
export function promotedIn(text: string, protocol: Protocol): readonly Mention[] {
  const others = mentionsOf(protocol.registers.politicians, text);
  const isAnother = ({ from, to }: Range): boolean => others.some((one) => from < one.to && to > one.from);
  const councillors = [
    ...councillorsIn(text, protocol).filter(({ name }) => !IN_PARLIAMENT.test(name)),
    ...(OFFICE.test(text) ? politiciansIn(text, protocol, []) : []).filter(
      ({ name }) => !NO_COUNCILLOR.test(name),
    ),
  ].filter((one) => !isAnother(one) && !OF_A_REGION.test(text.slice(one.from, one.to + 40)));
  const apart = councillors.filter(
    (one, i, all) => !all.slice(0, i).some((other) => one.from < other.to && one.to > other.from),
  );
  const alone = apart.filter((one) => !isOneOfSeveral(text, one, apart));
  if (apart.length > 0 || !speaksOfCouncillors(text)) return alone;
  return namesOf(text, protocol)
    .filter((one) => one.kind === 'person' && !isAnother(one))
    .map(({ from, to }) => ({ from, to, name: text.slice(from, to) }));
}

// a cheap look before the long one
const OFFICE =
  /leader|mayor|member|holder|councillor|cabinet|cllr|chair|citizen|worship|chain|head of|sits|serve|represent|seat|elected/i;
const NO_COUNCILLOR =
  /\b(?:MP|MEP|parliament|minister|secretary|chancellor|commissioner|opposition)\b|^(?:Cllrs|Councillors)/i;

// "our local MP", as a register of offices has it
const IN_PARLIAMENT = /^(?:the|our|your|local)\b.*\bme?p$/i;
const OF_A_REGION =
  /^(?:(?:the|our)\s+)?(?:deputy\s+)?(?:metro mayor|mayor\s+of\s+(?:(?:the|our)\s+)?(?:\w+\s+){0,2}(?:city region|combined authority))(?![\w-])/i;

/** "Cllr A and Cllr B" and a list under one title: not one councillor. */
function isOneOfSeveral(text: string, mention: Mention, all: readonly Mention[]): boolean {
  return all.some((other) => {
    if (other === mention || other.name === mention.name) return false;
    const [left, right] = other.from < mention.from ? [other, mention] : [mention, other];
    // an office and the name of who holds it are one person
    if (/^\s*,\s*$/.test(text.slice(left.to, right.from)) && isOffice(text, left) !== isOffice(text, right))
      return false;
    return /^(?:\s*,\s*|\s*,?\s+(?:and|&)\s+)$/.test(text.slice(left.to, right.from));
  });
}

function isOffice(text: string, mention: Mention): boolean {
  return /\b(?:leader|mayor|member|chair)\b/i.test(text.slice(mention.from, mention.to));
}
