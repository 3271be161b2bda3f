import type { Protocol } from '../protocol.ts';
import { fold } from '../text/fold.ts';
import type { NameAt } from '../text/names.ts';
import { namesIn } from '../text/names.ts';
import { remembered } from '../text/remembered.ts';
import { councillorsIn } from './politicians.ts';
import { isOfAWork } from './titles.ts';

const places = new WeakMap<Protocol, ReadonlySet<string>>();

/** Words of the council's name and of its addresses: they begin names of places and bodies, not of people. */
export function placeWords(protocol: Protocol): ReadonlySet<string> {
  const known = places.get(protocol);
  if (known !== undefined) return known;
  const { council, registers, departments, accounts } = protocol;
  const texts = [
    ...registers.parties.flatMap((p) => [p.name, ...p.aliases]),
    council.name,
    council.short,
    council.address,
    ...Object.values(departments).map((d) => d.name),
    ...Object.values(accounts).map((a) => a.name),
    ...registers.contacts.filter((c) => c.kind === 'address').map((c) => c.value),
    ...[...registers.contacts, ...registers.helplines].map((c) => c.of),
  ];
  const words = new Set(texts.flatMap((t) => fold(t).lower.match(/[a-z]{3,}/g) ?? []));
  places.set(protocol, words);
  return words;
}

/** A name that is made of the words of places and of the council alone. */
export function isPlace(name: string, places: ReadonlySet<string>): boolean {
  return (name.toLowerCase().match(/[a-z]{3,}/g) ?? []).every((word) => word === 'the' || places.has(word));
}

const readers = new WeakMap<Protocol, (text: string) => readonly NameAt[]>();

/** Persons and businesses that a folded text names; read once for each text. */
export function namesOf(text: string, protocol: Protocol): readonly NameAt[] {
  const known = readers.get(protocol);
  if (known !== undefined) return known(text);
  const read = remembered((each) =>
    namesIn(each, placeWords(protocol)).filter((name) => !isOfAWork(each, name)),
  );
  readers.set(protocol, read);
  return read(text);
}

/** Everybody and every business that a folded text names, councillors among them, in the order of the text. */
export function namedIn(text: string, protocol: Protocol): readonly NameAt[] {
  const names = namesOf(text, protocol);
  const councillors = councillorsIn(text, protocol)
    .filter((one) => !names.some((name) => one.from < name.to && one.to > name.from))
    .map(({ from, to }): NameAt => ({ kind: 'person', from, to }));
  return [...names, ...councillors].sort((a, b) => a.from - b.from);
}
