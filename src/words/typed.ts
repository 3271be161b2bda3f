import { captionsStayWords, mediaStayWords } from './correction-form.ts';
import { sayNotTaken, type NotTaken, type RightOnes } from './files.ts';
import type { Shows } from '../posts/writing/media.ts';
import type { Urgency } from '../protocol/protocol.ts';
import { sayList } from './names.ts';
import { brokeOffWords, notDoneWords, type NotDoneFacts } from './not-done.ts';
import { tooMuchTypedWords } from './too-long.ts';

/**
 * What is said of places that words name: a network is one on which the council has no account; or what
 * they leave out cannot be told.
 */
export type Places = 'elsewhere' | 'unclear';

const placesWords: Readonly<Record<Places, string>> = {
  elsewhere:
    ' The council has no account there that Crier knows: its card says where it goes, and "Edit" changes that.',
  unclear: ' I cannot tell what that leaves out. Press "Edit" to take the words out and choose the accounts.',
};

/** Every answer in words to something typed that comes to no card of its own. */
export interface TypedNotices {
  'which-post': { command: string };
  'no-such-post': { number: number };
  /** somebody presses on a card that others see as well */
  'not-for-you': { number: number; desk: string };
  'no-picture': { number: number };
  'nothing-to-propose': Record<never, never>;
  stranger: Record<never, never>;
  'other-object-id': Record<never, never>;
  'not-known-now': Record<never, never>;
  'away-until-when': Record<never, never>;
  'search-for-what': Record<never, never>;
  'only-in-a-channel': Record<never, never>;
  'which-channel-for': { departments: readonly string[] };
  'channel-not-used': Record<never, never>;
  /** for whom a Teams channel is used, by the names that are typed */
  'which-channel-to-give-up': { whose: readonly string[] };
  'whose-sign-in': Record<never, never>;
  'nothing-held': Record<never, never>;
  'nothing-stopped': Record<never, never>;
  'not-stopped': Record<never, never>;
  'may-not-stop': { may: readonly string[] };
  'found-none': { typed: boolean };
  'card-in-own-chat': { number: number };
  'card-comes-to-own-chat': { number: number };
  'no-chat-for-card': { number: number };
  'card-comes': Record<never, never>;
  'ask-in-own-chat': Record<never, never>;
  'answered-in-own-chat': Record<never, never>;
  'file-on-its-way': Record<never, never>;
  'file-refused': { refused: readonly NotTaken[]; into?: RightOnes };
  /** posts that waited for a file can take none any more: `why`; `begins`: the file is a draft of its own */
  'awaited-no-more': { numbers: readonly number[]; why: string; begins: boolean };
  'link-stays-link': { number: number; host: string };
  /** words in front of a text that may have meant a department */
  /** `is`: the post is for that department, or is by the button below */
  'name-stays-text': { number: number; words: string; department: string; is: boolean };
  /** words in front of a text that may have been for Crier; by their short names, the departments among them */
  'front-stays-text': {
    number: number;
    words: string;
    departments: readonly string[];
    places?: Places;
  };
  /** words in front of a text that named several departments */
  'one-department': { number: number; words: string; departments: readonly string[] };
  /** accounts that somebody named, where its department may not post */
  'accounts-left-out': { number: number; accounts: readonly string[] };
  /** words in front of a text that were for Crier and may have headed it, and what came of them */
  'front-taken': { number: number; words: string; department?: string; urgency: Urgency };
  /** words in front of a text that were put there, or taken out, by a button */
  'front-changed': {
    number: number;
    begins: string;
    urgency: Urgency;
    /** how urgent it was before */
    was: Urgency;
    /** where it goes now */
    accounts?: string;
    planned?: string;
    ends?: string;
    /** accounts whose own texts had the words as well */
    own?: string;
  };
  /** a button for words in front of a text that came too late: the form is below */
  'front-unchanged': {
    number: number;
    words: string;
    way: 'with' | 'without';
    because: 'moved-on' | 'text-changed';
  };
  /** `captioned`: an open post of theirs of which the video has captions already */
  /** it could not be kept that the next file is for this post */
  'not-awaited': { number: number };
  'captions-for-which': { captioned?: number };
  'captions-needed': { number: number };
  'captions-added': { number: number };
  'captions-public': { number: number };
  'photo-not-used': Record<never, never>;
  'picture-needed': { number: number };
  /** `words` stand behind the number, and nobody can tell what for */
  'picture-with-words': { number: number; words: string };
  /** `sent`: something came with it that is not used */
  'picture-public': { number: number; sent: boolean; shows: Shows };
  /** `names`: what is in it now, where not all of a message is; `others`: what was in it before */
  'picture-added': { number: number; names?: readonly string[]; others: boolean };
  /** one that was offered has waited for too long by now, while others went in */
  'picture-gone': { number: number };
  /** `names` wait for the word of whoever sent them */
  'picture-not-yet': { number: number; names: readonly string[]; command: 'picture' | 'captions' };
  'added-to-draft': { number: number };
  /** `draft`: what its words are meanwhile */
  'photo-in-own-chat': { draft?: number };
  /** captions, with words that name no post */
  'file-in-own-chat': Record<never, never>;
  /** `still`: the photo is in the draft before as well */
  'photo-moved': { number: number; before: number; still: boolean };
  'words-for-photo': Record<never, never>;
  'words-came-late': { number: number };
  'words-there-already': { number: number };
  'words-wait-already': Record<never, never>;
  'no-video': { number: number };
  thanks: Record<never, never>;
  /** `noted`: what was said stands in the card's note */
  'decide-on-card': { noted: boolean };
  /** nobody is asked, and its author has not sent it */
  'draft-is-unsent': { number: number };
  /** a post with its writers that somebody does not want to go out; `may`: they may give it up */
  'not-going-out': { number: number; may: boolean };
  'too-much-typed': { characters: number; most: number };
  'nothing-to-decide': Record<never, never>;
  /** how a post stands with which nothing can be done any more */
  'over-for-good': { state: 'cancelled' | 'not-to-be-published' };
  /** a post that somebody wants to be of another department */
  'stays-with-department': { number: number; department: string; wanted: string };
  'not-mine': Record<never, never>;
  'offer-changed': Record<never, never>;
  'offer-too-old': Record<never, never>;
  'sent-gone': Record<never, never>;
  'something-broke': Record<never, never>;
  'not-done': NotDoneFacts;
  'newer-release': Record<never, never>;
}

const urgentAs = { urgent: 'urgent', emergency: 'an emergency' } as const;

const words: {
  [K in keyof TypedNotices]: (facts: TypedNotices[K]) => readonly [title: string, words: string];
} = {
  'which-post': ({ command }) => ['Which post?', `Please add its number, such as "${command} 142".`],
  'no-such-post': ({ number }) => [
    'I cannot find that post',
    `There is no post #${number} that you can see. Type "posts" for yours and your department's.`,
  ],
  'not-for-you': ({ number, desk }) => [
    `You cannot open #${String(number)}`,
    `It is open to whoever wrote it, to the people of its department, to whoever decides on it and to ${desk}. If you should see it, please ask ${desk}.`,
  ],
  'no-picture': ({ number }) => [
    `#${number} has no picture`,
    'Give the number of a post with the picture that you are looking for.',
  ],
  'nothing-to-propose': () => [
    'What should it say?',
    'Type "propose" and then the words, such as: propose Liverpool Road is closed until 4pm tomorrow.',
  ],
  stranger: () => [
    'I do not know you yet',
    "You are not in the council's protocol. Ask the communications team to add you, then say hello again.",
  ],
  'other-object-id': () => [
    'I cannot be sure who you are',
    'Your name belongs to another account that I met before. I have told the communications team. Until they know who is who, I cannot act for you.',
  ],
  'not-known-now': () => [
    'I could not find out who you are',
    'Teams did not tell me just now. Nothing has happened. Please try again in a minute; if we have never met, say "hello" to me in our own chat first.',
  ],
  'away-until-when': () => [
    'Until when are you away?',
    'Type "away until Friday" or "away until 3/12/2026". "away no" means that you are back.',
  ],
  'search-for-what': () => ['What should I look for?', 'Type a word or a number from the post.'],
  'only-in-a-channel': () => [
    'Say this in the Teams channel',
    'Go to the Teams channel that you want to use, mention me there, and type the same again.',
  ],
  'which-channel-for': ({ departments }) => [
    'For which department?',
    `Type "use this channel for approvals of …" with one of ${departments.join(', ')}, or "use this channel for the desk".`,
  ],
  'which-channel-to-give-up': ({ whose }) =>
    whose.length === 0
      ? [
          'No Teams channel is used',
          'No Teams channel is used for approvals now, so there is nothing to stop.',
        ]
      : [
          'Which Teams channel?',
          `Type "stop using this channel for ${whose[0] ?? ''}"${whose.length === 1 ? '' : ` here, with one of ${whose.join(', ')}`}, or mention me in the Teams channel itself and type "stop using this channel" there.`,
        ],
  'channel-not-used': () => [
    'No posts are shown there',
    'This Teams channel is not used for approvals. Type "people" to see which ones are.',
  ],
  'whose-sign-in': () => [
    'Who has a new work account?',
    'Type "sign-in of" and their full name, or their work address.',
  ],
  'nothing-stopped': () => [
    'Nothing is stopped',
    'Posts go out as usual. What was held waits until somebody approves it again.',
  ],
  'not-stopped': () => [
    'Nothing was stopped',
    'Posts go out as usual. If they should not after all, type "stop everything" or "pause routine".',
  ],
  'may-not-stop': ({ may }) => [
    'You cannot stop or resume everything',
    `${sayList(may)} can. Please tell one of them. What you wrote or approve you can keep back yourself, as long as it is not out: type "hold" and its number, such as "hold 142".`,
  ],
  'nothing-held': () => ['Nothing had to be held', 'No post is waiting to go out.'],
  'found-none': ({ typed }) => [
    '',
    typed
      ? 'I found no post with these words among those that you may see.'
      : 'There is no post yet that you may see.',
  ],
  'card-in-own-chat': ({ number }) => ['', `I have put #${number} in our own chat.`],
  'card-comes-to-own-chat': ({ number }) => [
    '',
    `#${number} is a draft now, and its card comes to our own chat. If you do not find it there, type "show ${number}" to me.`,
  ],
  'no-chat-for-card': ({ number }) => [
    '',
    `#${number} is a draft now, and nothing of it is lost. But you and I have no chat yet in which I could show you its card. Look for Crier among the apps in Teams, add it for yourself and say "hello" to me there: its card comes at once.`,
  ],
  'card-comes': () => ['', 'Its card comes in a moment.'],
  'ask-in-own-chat': () => ['That is for your eyes only', 'Please ask me the same in our own chat.'],
  'answered-in-own-chat': () => ['', 'I have answered in our own chat.'],
  'file-on-its-way': () => [
    '',
    'I am fetching your file. It is a large one, so its card comes in a few minutes.',
  ],
  'file-refused': ({ refused, into }) => {
    const { title, words } = sayNotTaken(refused, into);
    return [title, words];
  },
  'awaited-no-more': ({ numbers, why, begins }) => [
    `What you sent is not in ${sayList(
      numbers.map((number) => `#${String(number)}`),
      'or',
    )}`,
    `${why}${begins ? ' It is a draft of its own now.' : ''}`,
  ],
  'name-stays-text': ({ number, words, department, is }) => [
    `Did you mean the department ${department}?`,
    `"${words}" is part of the text of #${String(number)} now.${is ? '' : ` To write for ${department}, begin with "propose ${department}:".`}`,
  ],
  'front-stays-text': ({ number, words, departments: [department], places }) => [
    `Should residents read "${words}"?`,
    `"${words}" is part of the text of #${String(number)} now.${places === undefined ? '' : placesWords[places]}${department === undefined ? '' : ` A post is for one department: to write for ${department}, begin with "propose ${department}:".`}`,
  ],
  'one-department': ({ number, words, departments }) => [
    'A post is for one department',
    `I took "${words}" for the departments ${sayList(departments)}, so it is no part of the text of #${String(number)}. Look on its card for which one it is. To write for another, begin with "propose ${departments[0] ?? ''}:".`,
  ],
  'accounts-left-out': ({ number, accounts }) => [
    `#${String(number)} does not go to ${sayList(accounts)}`,
    `Its department may not post there. Look on its card for where it goes. To change that, press "Edit".`,
  ],
  'front-taken': ({ number, words, department, urgency }) => [
    `#${String(number)} ${urgency === 'normal' ? (department === undefined ? `begins behind "${words}"` : `is for ${department}`) : `is ${urgentAs[urgency]}`}`,
    `I took "${words}" as said to me, so residents do not read it.${urgency === 'normal' ? '' : ' How urgent a post is changes who decides it: its card says who is next.'}`,
  ],
  'front-changed': ({ number, begins, urgency, was, accounts, planned, ends, own }) => [
    '',
    [
      `#${String(number)} begins "${begins}" now${urgency === 'normal' ? (was === 'normal' ? '' : `, and is no longer ${urgentAs[was]}`) : `, and is ${urgentAs[urgency]}`}.`,
      ...(accounts === undefined ? [] : [`It goes to ${accounts}.`]),
      ...(planned === undefined ? [] : [planned]),
      ...(ends === undefined ? [] : [`It stands until ${ends}.`]),
      ...(own === undefined ? [] : [`I took the words out of its own text for ${own} as well.`]),
    ].join(' '),
  ],
  'front-unchanged': ({ number, words, way, because }) => [
    '',
    `${because === 'moved-on' ? `#${String(number)} has moved on` : `The text of #${String(number)} has been changed`} since I asked, so I have not ${way === 'with' ? `put "${words}" in the text` : `taken "${words}" out`}. Nothing has changed. If you still want that, change it in the form below.`,
  ],
  'link-stays-link': ({ number, host }) => [
    '',
    `I took no picture from ${host}, which your protocol does not list, so #${number} has a plain link. To add the picture, send it to me in our own chat with "picture ${number}".`,
  ],
  'not-awaited': ({ number }) => [
    `Please name #${String(number)} with the next file`,
    `I could not keep that it waits for one. Send it with the number in the same message, such as "picture ${String(number)}".`,
  ],
  'captions-for-which': ({ captioned }) => [
    'Which video are these captions for?',
    captioned !== undefined
      ? `The video of #${captioned} has captions already. To put these in their place, type "captions ${captioned}" and add the file.`
      : 'I see no open draft of yours with a video. Type "captions" with the number of the post, such as "captions 142", and add the file.',
  ],
  'captions-needed': ({ number }) => [
    'Please add the captions',
    `Send me the .vtt or .srt file in our own chat, by itself within ten minutes or with "captions ${number}" in the same message.`,
  ],
  'captions-public': ({ number }) => [`The captions of #${number} stay as they are`, captionsStayWords],
  'captions-added': ({ number }) => ['', `The captions are with the video of #${number}.`],
  'photo-in-own-chat': ({ draft }) => [
    '',
    draft === undefined
      ? 'Please send me the photo in our own chat.'
      : `Your words are draft #${draft}, still without the photo. Please send me the photo in our own chat. If it comes by itself within ten minutes, it goes into #${draft}.`,
  ],
  'file-in-own-chat': () => [
    '',
    'Please send me the file in our own chat, with the number of the post, such as "captions 142".',
  ],
  'photo-not-used': () => [
    'I have not used your photo',
    'It came with words that need none. For a new post, send it again by itself, or with the words that residents should read. To put it into a post that is there, send it with its number, such as "picture 142".',
  ],
  'picture-needed': ({ number }) => [
    `Please send me the picture for #${number}`,
    `Send it in our own chat, by itself within ten minutes or with "picture ${number}". A video comes in the same way.`,
  ],
  'picture-with-words': ({ number, words }) => [
    `What is "${words}" for?`,
    `I have not changed #${number}. Send the picture by itself within ten minutes, or with "picture ${number}" alone. What it shows is asked on its card.`,
  ],
  'picture-added': ({ number, names = [], others }) => [
    '',
    `${names.length === 0 ? `That is in #${number} now.` : `#${number} has ${sayList(names)} now.`} Its card asks what is still to be said about it.${others ? ' To leave out what was there before, press "Edit" there.' : ''}`,
  ],
  'picture-public': ({ number, sent, shows }) => [
    sent ? `I have not used what you sent: #${String(number)} is public` : `#${String(number)} is public`,
    mediaStayWords(shows),
  ],
  'picture-gone': ({ number }) => [
    'One of them is not in it',
    `It waited for more than an hour. Please send it again with "picture ${number}".`,
  ],
  'picture-not-yet': ({ number, names, command }) => [
    '',
    `Not in it yet: ${sayList(names)}. To be asked again, type "${command} ${number}" within an hour.`,
  ],
  'added-to-draft': ({ number }) => ['', `That is in your draft #${number} now.`],
  'photo-moved': ({ number, before, still }) => [
    `These words are draft #${number}, with the photo that you sent last`,
    still
      ? `It is still in #${before} as well. To take it out there, press "Edit" on the card of #${before}.`
      : `#${before} has its words already, so I have taken the photo out there. If it belongs to #${before}, send it once more with "picture ${before}", and cancel #${number} if you do not need it.`,
  ],
  'words-for-photo': () => ['', 'Thank you. These are the words for your photo, which I am still fetching.'],
  'words-came-late': ({ number }) => [
    `Are these the words for #${number}?`,
    `Its photo came more than ten minutes ago, so I have put them nowhere. Type "edit ${number}" to add them there, or "propose" and the words for a new post.`,
  ],
  'words-there-already': ({ number }) => [
    `#${number} has its words already`,
    `I have put these nowhere. To add them, press "Edit" on its card or type "edit ${number}". For another post, type "propose" in front of them.`,
  ],
  'words-wait-already': () => [
    'Your photo has its words already',
    'I have put these nowhere. Once the photo is here, press "Edit" on its card to add them.',
  ],
  'no-video': ({ number }) => [
    `#${number} has no video`,
    'Captions belong to a video. Send both together with "propose".',
  ],
  thanks: () => [
    'You are welcome',
    'Type "waiting" to see what waits for you, or "help" to see what I can do.',
  ],
  'decide-on-card': ({ noted }) => [
    'Please decide on the card',
    noted
      ? 'Your words stand in its note, and nobody has read them yet. Read it once more, then press the button below.'
      : 'Read it once more, then press the button below. What you press is for exactly these words.',
  ],
  'draft-is-unsent': ({ number }) => [
    '',
    `Nothing waits for your decision. #${String(number)} is still with you: nothing of it goes out before you have sent it, with the button on this card.`,
  ],
  'not-going-out': ({ number, may }) => [
    '',
    `Nothing of #${String(number)} goes out as it stands: it would have to be sent and approved first.${may ? ' To give it up for good, press "Cancel this post".' : ''}`,
  ],
  'too-much-typed': (long) => ['That is too long for one post', tooMuchTypedWords(long)],
  'nothing-to-decide': () => [
    '',
    'Nobody is asked to decide on this now. What can be done with it stands below.',
  ],
  'over-for-good': ({ state }) => [
    '',
    `${state === 'cancelled' ? 'It was cancelled' : 'It was decided that it is not published'}, so nobody decides on it any more. If it is still needed, type "propose" and its words for a new post.`,
  ],
  'stays-with-department': ({ number, department, wanted }) => [
    `#${String(number)} stays ${department === '' ? 'as it is' : `with ${department}`}`,
    `A post does not move to another department. To say it for ${wanted}, type "propose ${wanted}:" and its words, and cancel #${String(number)} if it is not wanted any more.`,
  ],
  'not-mine': () => ['I did not understand that', 'Type "help" to see what I can do.'],
  'offer-changed': () => [
    'You have changed your message since',
    'So this button does nothing any more. What your message says now stands on the button of my newest answer; where there is none, please type it again.',
  ],
  'sent-gone': () => [
    'It is not here any more',
    'What you sent waited for more than an hour. Please send it again.',
  ],
  'offer-too-old': () => [
    'This button is too old',
    'Nothing has happened. If you still mean it, please type it again.',
  ],
  'something-broke': () => brokeOffWords,
  'not-done': notDoneWords,
  'newer-release': () => [
    'Crier is being changed just now',
    'A newer Crier has written this already, and the one that you reached cannot read it yet. Nothing was changed. Please try again in a few minutes. If it happens again, tell the communications team.',
  ],
};

/** The title and the sentence of a notice. */
export function sayNotice<K extends keyof TypedNotices>(
  code: K,
  facts: TypedNotices[K],
): { readonly title: string; readonly words: string } {
  const [title, sentence] = words[code](facts);
  return { title, words: sentence };
}
