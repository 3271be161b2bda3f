import type { WayToChange } from '../posts/correcting/correctable.ts';

/** Why an account did not take a post, or could not do as it was asked. */
export interface FailureWords {
  /** a clause that goes on from a colon: what happened */
  readonly what: string;
  /** a sentence: what to do next, once it is no longer tried by itself */
  readonly next: string;
}

/** What to do next where something of the post has to be other than it is: while nothing of it is out, and once some is. */
interface Change {
  readonly edit: string;
  readonly correct: string;
  readonly another: string;
  readonly anew: string;
}

interface Failure {
  readonly what: string;
  readonly next: string | Change;
}

const edit = (change: string): string => `${change}, then send it for approval again.`;

/** What a correction can change as well. */
const changeWords = (change: string, correction = change): Change => {
  const corrects = `Press "Correct" and ${correction.charAt(0).toLowerCase()}${correction.slice(1)}.`;
  return {
    edit: edit(change),
    correct: `${corrects} Once that is agreed, press "Try again".`,
    another: corrects,
    anew: 'To have it there, propose a new post with other words.',
  };
};

/** What nobody can change of what is out. */
const changeAnew = (change: string, other: string): Change => {
  const anew = `To have it there as well, propose a new post ${other}.`;
  return {
    edit: edit(change),
    correct: anew,
    another: anew,
    anew: `To have it there, propose a new post ${other}.`,
  };
};

/** While the rest of it is still on its way or held, nobody can change it. */
const later = 'Once the rest of it is settled, this card offers to change it.';

const tryAgain = 'Press "Try again".';
const tryLater = 'Press "Try again" later.';
const tryTomorrow = 'Press "Try again" tomorrow.';
const askRunner = 'Ask whoever looks after the account to put it right, then press "Try again".';
const anotherPicture = changeAnew('Choose another picture', 'with another picture');
const pictureAgain = changeAnew('Add the picture once more', 'with the picture');
const lookFirst = 'Look at the account. If it is not there, press "Try again".';
const shorten = changeWords('Make it shorter');
const inSettings = 'Ask whoever looks after the account to look at its settings, then press "Try again".';

/** Reasons as networks and the dispatch give them. */
const failures: Readonly<Record<string, Failure>> = {
  // The network or the way there
  'not-reached': { what: 'the network could not be reached', next: tryAgain },
  'not-running': {
    what: 'Crier was not working when it was to go out',
    next: 'If it is still to go out, press "Try again".',
  },
  'hand-unsaid': { what: 'whoever was to change it by hand did not say whether they had', next: lookFirst },
  'no-clear-answer': { what: 'the network gave no clear answer', next: lookFirst },
  'out-of-time': { what: 'there was not enough time left to send it', next: tryAgain },
  busy: { what: 'the network takes no more posts from us for now', next: tryLater },
  'quota-spent': {
    what: 'we have used all that the network allows us for today',
    next: tryTomorrow,
  },
  'status-408': { what: 'the network waited too long for us', next: lookFirst },
  'shown-later': {
    what: 'it is there already, and nobody sees it before its time',
    next: 'It is shown by itself then.',
  },
  // The account
  'account-blocked': { what: 'the network does not let Crier into the account any more', next: askRunner },
  'account-was-blocked': {
    what: 'the network did not let Crier into the account when it was to go out',
    next: 'The account is connected again. If it is still to go out, press "Try again".',
  },
  'account-gone': {
    what: 'the account is not in the protocol any more',
    next: 'It goes out there no more. To say it elsewhere, propose a new post.',
  },
  'account-was-gone': { what: 'the account was not in the protocol then', next: tryAgain },
  'account-rehearsed': { what: 'the account rehearsed then', next: tryAgain },
  'no-longer-permitted': {
    what: 'it was stopped or held up before it could leave',
    next: 'It is tried again by itself.',
  },
  'not-connected': {
    what: 'the account is not connected yet',
    next: 'Ask whoever runs Crier to connect it, then press "Try again".',
  },
  'not-by-hand': {
    what: 'whoever was asked to post it by hand will not',
    next: 'To ask for it once more, press "Try again".',
  },
  rehearses: {
    what: 'it stands on the real account, and the account rehearses now',
    next: 'Do it on the network itself, or ask whoever runs Crier to end the rehearsal.',
  },
  'rehearses-since': {
    what: 'the account rehearses now, and this was to go out in public',
    next: 'Once the rehearsal is over, press "Try again".',
  },
  'no-permission': { what: 'Crier may not do this on the account', next: askRunner },
  'status-401': { what: 'Crier may not post there', next: askRunner },
  'status-403': { what: 'Crier may not post there', next: askRunner },
  // The words
  'rule-stops': {
    what: 'a rule has come to stop what it was to say',
    next: changeWords('Change the words'),
  },
  'against-policy': {
    what: 'the network says that it breaks its rules',
    next: changeWords('Change the words or the picture', 'Change the words'),
  },
  duplicate: { what: 'the network says that the same words stand there already', next: lookFirst },
  'said-already': {
    what: 'the same words stood there before, and the network does not take them twice',
    next: changeWords('Change the words a little'),
  },
  'status-409': { what: 'the same text stands there already', next: lookFirst },
  'text-too-long': { what: 'the text is too long for it', next: shorten },
  'status-413': { what: 'the text or a picture is too large for it', next: shorten },
  'title-not-taken': {
    what: 'the network would not take the heading',
    next: changeAnew('Change the heading', 'with another heading'),
  },
  'description-not-taken': {
    what: 'the network would not take the text under the film',
    next: changeWords('Change the text'),
  },
  'details-not-taken': {
    what: 'the network would not take the heading or the text of the film',
    next: changeAnew('Change them', 'with others'),
  },
  'angle-brackets': {
    what: 'the network does not take the signs < and >',
    next: changeWords('Take them out'),
  },
  // Pictures and films
  'picture-missing': { what: 'the picture is not there any more', next: pictureAgain },
  'picture-type': { what: 'the network does not take this kind of picture', next: anotherPicture },
  'picture-too-large': {
    what: 'the picture is too large for the network',
    next: changeAnew('Choose a smaller picture', 'with a smaller picture'),
  },
  'picture-not-taken': { what: 'the network would not take the picture', next: anotherPicture },
  'needs-picture': {
    what: 'the network takes no post without a picture',
    next: changeAnew('Add a picture or leave the account out', 'with a picture'),
  },
  'too-many-media': {
    what: 'there are more pictures or films than the network takes',
    next: changeAnew('Take some out', 'with fewer of them'),
  },
  'video-missing': {
    what: 'the film is not there',
    next: changeAnew('Add the film once more or leave the account out', 'with the film'),
  },
  'for-children-unsaid': {
    what: 'nobody has said whether the film is made for children',
    next: changeAnew('Press Edit and answer it under "On YouTube"', 'that says it under "On YouTube"'),
  },
  'captions-missing': {
    what: 'the captions of the film are not there',
    next: changeAnew('Add the captions', 'with the film and its captions'),
  },
  'captions-too-large': {
    what: 'the captions are longer than the network takes',
    next: changeAnew('Send shorter captions', 'with the film and shorter captions'),
  },
  'captions-not-taken': {
    what: 'the network would not take the captions',
    next: 'Look at the captions, then press "Try again".',
  },
  'video-not-taken': {
    what: 'the network could not read the film',
    next: 'Save the film once more as MP4 with H.264 and send it in a new post, or press "Try again".',
  },
  'video-too-long': {
    what: 'the film is longer than the account may post',
    next: changeAnew(
      'Leave it out under "Edit" and send a shorter one with "picture" and the number of this post, or leave the account out',
      'with a shorter one',
    ),
  },
  'videos-spent': {
    what: 'the network takes no more films from this account today',
    next: tryTomorrow,
  },
  'upload-goes-on': { what: 'the film is still being sent', next: lookFirst },
  'upload-forgotten': {
    what: 'the network lost the film time and again before it could be posted',
    next: tryLater,
  },
  'still-in-progress': { what: 'the network is still working on the picture or film', next: tryAgain },
  'container-expired': { what: 'the picture or film waited too long at the network', next: tryAgain },
  'playlist-missing': { what: 'the list that the film belongs to is not there', next: inSettings },
  'privacy-not-taken': { what: 'the account may not show films to everybody', next: inSettings },
  'publish-time-not-taken': {
    what: 'the network would not take the time',
    next: changeAnew('Choose another time', 'with another time'),
  },
  // Posts in several parts
  'no-threads': {
    what: 'the network takes no posts in several parts',
    next: changeWords('Make it shorter or leave the account out', 'Make it shorter'),
  },
  'part-before-missing': {
    what: 'the part before it does not stand there',
    next: 'See what became of that part first, then press "Try again".',
  },
  // What stands already
  'published-already': { what: 'it may stand there already', next: lookFirst },
  'not-there': { what: 'it is not there any more', next: 'Look at the account.' },
  'cannot-edit': {
    what: 'the network lets nobody change a post that is out',
    next: 'Put it right there yourself, or take it down.',
  },
  'nothing-stands': { what: 'nothing of it stands there', next: 'Look at the account.' },
  'page-missing': { what: 'its page is not there', next: tryAgain },
  'page-removed': {
    what: 'its page was taken down before',
    next: 'Write a new post if it is still needed.',
  },
  'page-differs': {
    what: 'another text stands on its page already',
    next: 'Correct that one, or write a new post.',
  },
};

/** A reason that has no words is not shown: it is not for people. */
const neutral: Failure = {
  what: 'the network would not take it',
  next: 'Look at the words and the pictures, or press "Try again".',
};

/** Whether a reason has words of its own. */
export const hasWords = (reason: string): boolean => Object.hasOwn(failures, reason);

const failureOf = (reason: string): Failure => (hasWords(reason) ? failures[reason] : undefined) ?? neutral;

/** @returns what a network's reason means for people: a clause that goes on from a colon */
export const whatFailed = (reason: string): string => failureOf(reason).what;

/** @returns what a network's reason means for people, and what they can do about it as the post stands */
export function failureWords(reason: string, way: WayToChange): FailureWords {
  const { what, next } = failureOf(reason);
  if (typeof next === 'string') return { what, next };
  return { what, next: way === 'later' ? later : next[way] };
}
