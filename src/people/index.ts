import { aggregate, bind, type Aggregate } from '../core/registry.ts';
import type { Protocol } from '../protocol/protocol.ts';
import { fileCame, fileComes } from './file-coming.ts';
import { noteWords } from './offered.ts';
import {
  endAbsence,
  heardAboutHeld,
  hearNobodyHere,
  hearOfHeld,
  loseChat,
  meet,
  noteProtocol,
  personKind,
  reportOther,
  setAway,
} from './person.ts';
import { captionsCame, fileAwaited, photoCame, photoCameLate, photoSettled, wordsCame } from './photo.ts';
import { answerPlace, closePlace, digestShown, makeRoom, placeKind, usePlace } from './place.ts';
import { membersChanged, rosterKind } from './roster.ts';
import { stopCardShown, stopCardsKind, stopCardStands, stopChanged } from './stop-cards.ts';
import { signInAnew } from './sign-in.ts';
import { filesLeft, filesWait } from './waiting-files.ts';
import { hearWhatLeft } from './what-left.ts';

/** The kinds of people, of Teams channels and who is in them, and of the cards of a stop, with their commands. */
export const peopleAggregates: readonly Aggregate<Protocol>[] = [
  aggregate(personKind, [
    bind(meet),
    bind(setAway),
    bind(endAbsence),
    bind(fileAwaited),
    bind(captionsCame),
    bind(photoCame),
    bind(photoCameLate),
    bind(wordsCame),
    bind(photoSettled),
    bind(filesWait),
    bind(filesLeft),
    bind(noteWords),
    bind(fileComes),
    bind(fileCame),
    bind(reportOther),
    bind(loseChat),
    bind(hearNobodyHere),
    bind(hearOfHeld),
    bind(heardAboutHeld),
    bind(hearWhatLeft),
    bind(noteProtocol),
    bind(signInAnew),
  ]),
  aggregate(placeKind, [
    bind(usePlace),
    bind(closePlace),
    bind(answerPlace),
    bind(makeRoom),
    bind(digestShown),
  ]),
  aggregate(rosterKind, [bind(membersChanged)]),
  aggregate(stopCardsKind, [bind(stopCardStands), bind(stopChanged), bind(stopCardShown)]),
];
