/** Why an account did not take a post, or could not do as it was asked. */
export interface FailureWords {
  /** a clause that goes on from a colon: what happened */
  readonly what: string;
  /** a sentence: what to do next, once it is no longer tried by itself */
  readonly next: string;
}

const tryAgain = 'Press "Try again".';
const askRunner = 'Ask whoever looks after the account to put it right, then press "Try again".';
const anotherPicture = 'Choose another picture, then send it for approval again.';
const pictureAgain = 'Add the picture once more, then send it for approval again.';
const lookFirst = 'Look at the account. If it is not there, press "Try again".';
const shorten = 'Make it shorter, then send it for approval again.';
const inSettings = 'Ask whoever looks after the account to look at its settings, then press "Try again".';

/** Reasons as networks and the dispatch give them. */
const failures: Readonly<Record<string, FailureWords>> = {
  // The network or the way there
  'not-reached': { what: 'the network could not be reached', next: tryAgain },
  'no-clear-answer': { what: 'the network gave no clear answer', next: lookFirst },
  'out-of-time': { what: 'there was not enough time left to send it', next: tryAgain },
  busy: { what: 'the network takes no more posts from us for now', next: 'Press "Try again" later.' },
  'quota-spent': {
    what: 'we have used all that the network allows us for today',
    next: 'Press "Try again" tomorrow.',
  },
  'status-408': { what: 'the network waited too long for us', next: lookFirst },
  'shown-later': {
    what: 'it is there already, and nobody sees it before its time',
    next: 'It is shown by itself then.',
  },
  // The account
  'account-blocked': { what: 'the network does not let Crier into the account any more', next: askRunner },
  'account-gone': {
    what: 'the account is not in the protocol any more',
    next: 'It goes out there no more. To say it elsewhere, propose a new post.',
  },
  'no-longer-permitted': {
    what: 'everything was stopped before it could leave',
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
  'no-permission': { what: 'Crier may not do this on the account', next: askRunner },
  'status-401': { what: 'Crier may not post there', next: askRunner },
  'status-403': { what: 'Crier may not post there', next: askRunner },
  // The words
  'against-policy': {
    what: 'the network says that it breaks its rules',
    next: 'Change the words or the picture, then send it for approval again.',
  },
  duplicate: { what: 'the network says that the same words stand there already', next: lookFirst },
  'said-already': {
    what: 'the same words stood there before, and the network does not take them twice',
    next: 'Change the words a little, then send it for approval again.',
  },
  'status-409': { what: 'the same text stands there already', next: lookFirst },
  'text-too-long': { what: 'the text is too long for it', next: shorten },
  'status-413': { what: 'the text or a picture is too large for it', next: shorten },
  'title-not-taken': {
    what: 'the network would not take the heading',
    next: 'Change the heading, then send it for approval again.',
  },
  'description-not-taken': {
    what: 'the network would not take the text under the film',
    next: 'Change the text, then send it for approval again.',
  },
  'details-not-taken': {
    what: 'the network would not take the heading or the text of the film',
    next: 'Change them, then send it for approval again.',
  },
  'angle-brackets': {
    what: 'the network does not take the signs < and >',
    next: 'Take them out, then send it for approval again.',
  },
  // Pictures and films
  'picture-missing': { what: 'the picture is not there any more', next: pictureAgain },
  'picture-type': { what: 'the network does not take this kind of picture', next: anotherPicture },
  'picture-too-large': {
    what: 'the picture is too large for the network',
    next: 'Choose a smaller picture, then send it for approval again.',
  },
  'picture-not-taken': { what: 'the network would not take the picture', next: anotherPicture },
  'needs-picture': {
    what: 'the network takes no post without a picture',
    next: 'Add a picture or leave the account out, then send it for approval again.',
  },
  'too-many-media': {
    what: 'there are more pictures or films than the network takes',
    next: 'Take some out, then send it for approval again.',
  },
  'video-missing': {
    what: 'the film is not there',
    next: 'Add the film once more or leave the account out, then send it for approval again.',
  },
  'for-children-unsaid': {
    what: 'nobody has said whether the film is made for children',
    next: 'Press Edit and answer it under "On YouTube", then send it for approval again.',
  },
  'captions-missing': {
    what: 'the captions of the film are not there',
    next: 'Add the captions, then send it for approval again.',
  },
  'captions-too-large': {
    what: 'the captions are longer than the network takes',
    next: 'Send shorter captions, then send it for approval again.',
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
    next: 'Send a shorter one in a new post, or leave the account out and send it for approval again.',
  },
  'videos-spent': {
    what: 'the network takes no more films from this account today',
    next: 'Press "Try again" tomorrow.',
  },
  'upload-goes-on': { what: 'the film is still being sent', next: lookFirst },
  'upload-forgotten': {
    what: 'the network lost the film time and again before it could be posted',
    next: 'Press "Try again" later.',
  },
  'still-in-progress': { what: 'the network is still working on the picture or film', next: tryAgain },
  'container-expired': { what: 'the picture or film waited too long at the network', next: tryAgain },
  'playlist-missing': { what: 'the list that the film belongs to is not there', next: inSettings },
  'privacy-not-taken': { what: 'the account may not show films to everybody', next: inSettings },
  'publish-time-not-taken': {
    what: 'the network would not take the time',
    next: 'Choose another time, then send it for approval again.',
  },
  // Posts in several parts
  'no-threads': {
    what: 'the network takes no posts in several parts',
    next: 'Make it shorter or leave the account out, then send it for approval again.',
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
const neutral: FailureWords = {
  what: 'the network would not take it',
  next: 'Look at the words and the pictures, or press "Try again".',
};

/** Whether a reason has words of its own. */
export const hasWords = (reason: string): boolean => Object.hasOwn(failures, reason);

/** @returns what a network's reason means for people, and what they can do about it */
export function failureWords(reason: string): FailureWords {
  return (hasWords(reason) ? failures[reason] : undefined) ?? neutral;
}
