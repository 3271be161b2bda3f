import type { Stopped } from '../dispatch/account.ts';
import { sayList } from './names.ts';

/** What is told of what somebody asked for and that came to nothing, or may have. */
export interface NotDoneFacts {
  readonly command: string;
  /** of the posts that it was for */
  readonly numbers: readonly number[];
  /** what was to be stopped, or is */
  readonly stop?: Stopped;
  /** in the course of a resume, which holds what waits before anything goes on */
  readonly resuming?: boolean;
  /** whether it is known that it was not done, or not everywhere; else nobody can tell */
  readonly isKnown: boolean;
}

type Said = readonly [title: string, words: string];
type Words = (post: string, facts: NotDoneFacts) => Said;

const whoRunsIt =
  'If that goes on, tell whoever runs Crier: it may be unable to read or save anything, as when its disk is full.';

/** By whether it is known: what is not so, or may not be; and what to do. */
const said =
  (known: (post: string) => Said, perhaps: (post: string) => Said): Words =>
  (post, { isKnown }) => {
    const [title, words] = (isKnown ? known : perhaps)(post);
    return isKnown
      ? [title, `${words} ${whoRunsIt}`]
      : [`It may be that ${title}`, `Nobody can tell yet. ${words} ${whoRunsIt}`];
  };

/** What goes on meanwhile, where something was to be done to a post. */
const ofPost = (not: string, meanwhile: string, next: string): Words =>
  said(
    (post) => [`${post} ${not}`, `Crier could not save that, so ${meanwhile}. ${next}`],
    (post) => [`${post} ${not}`, `Crier could not find out whether that was saved, so ${meanwhile}. ${next}`],
  );

const look = (post: string): string =>
  /^#\d+$/u.test(post)
    ? `In a minute, please look at its card, or type "show ${post.slice(1)}".`
    : 'In a minute, please look at its card.';

const decided: Words = said(
  (post) => [
    `Your decision on ${post} was not saved`,
    'It waits for you as before. Please look at it again in a minute, and decide then.',
  ],
  (post) => [
    `your decision on ${post} was not saved`,
    `If it was, it counts already. ${look(post)} Decide again only where it still waits for you.`,
  ],
);
const written: Words = said(
  () => ['What you sent was not saved', 'Please keep it, and send it again in a minute.'],
  () => [
    'what you sent was not saved',
    'Please keep it, and type "posts" in a minute. Send it again only where it is not there.',
  ],
);
const asItWas = 'Until it is saved, what was approved before goes out as it was, at the time that it had.';
const changed: Words = said(
  () => ['What you sent was not saved', `Please keep it, and send it again in a minute. ${asItWas}`],
  (post) => [
    'what you sent was not saved',
    `Please keep it. ${look(post)} Send it again only where it is not there. ${asItWas}`,
  ],
);
const answeredOn: Words = said(
  (post) => [
    `What you pressed on ${post} was not saved`,
    `Please look at it again in a minute, and press it then. ${asItWas}`,
  ],
  (post) => [
    `what you pressed on ${post} was not saved`,
    `${look(post)} Press it again only where it is still asked.`,
  ],
);

/** A stop of every account, each by itself. */
const ofAll = (of: { done: string; isDone: string; notAll: string; none: string }): Words => {
  const again = `Ask for it again at once, until the answer says that ${of.isDone}.`;
  return said(
    () => [
      of.notAll,
      `Crier could not save it for every account: some may be ${of.done} already, and posts may still go out on the others. ${again}`,
    ],
    () => [
      of.none,
      `Crier could not find out whether it was saved for any account, so posts may still go out. ${again}`,
    ],
  );
};
const everything = (done: string): Words =>
  ofAll({
    done,
    isDone: `everything is ${done}`,
    notAll: `Not everything is ${done}`,
    none: `nothing is ${done}`,
  });
const stopped = everything('stopped');
const paused = ofAll({
  done: 'paused',
  isDone: 'routine posts are paused',
  notAll: 'Routine posts are not paused on every account',
  none: 'routine posts are not paused',
});

const untilGoingOn = 'Ask for it again in a minute, until the answer says that posts can go out again.';
const notGoingOn = said(
  () => [
    'Not everything goes on again',
    `Crier could not save it for every account: posts may go out again on some, and the others are still stopped. What was held stays held. ${untilGoingOn}`,
  ],
  () => [
    'not everything goes on again',
    `Posts may go out again on some accounts, on all, or on none. What was held stays held. ${untilGoingOn}`,
  ],
);

/** The accounts are stopped before their posts are held one by one, and at a resume they still are. */
const withAll: Words = (_post, { stop, resuming = false, isKnown }) => {
  const notEvery = isKnown ? 'not every' : 'perhaps not every';
  if (stop === undefined)
    return [
      isKnown ? 'Not every post is held' : 'Perhaps not every post is held',
      `Every account is, so nothing goes out that was decided before, but for safety information. What is approved from now on can go out. Ask for it again in a minute, until the answer lists what is held. ${whoRunsIt}`,
    ];
  const isPause = stop === 'routine';
  const leaves = isPause
    ? 'Only safety information leaves any account until somebody resumes posting.'
    : 'Nothing leaves any account until somebody resumes posting.';
  if (resuming)
    return [
      isPause ? 'Routine posts are still paused' : 'Everything is still stopped',
      `Before that ends, Crier holds each post that waits, and it could not make sure of that for all of them. ${leaves} Ask for it again in a minute. ${whoRunsIt}`,
    ];
  return [
    isPause
      ? `Routine posts are paused, but ${notEvery} one is held`
      : `Everything is stopped, but ${notEvery} post is held`,
    `${leaves} Crier could not make sure that each post that waits is held by itself. Press the same button again in a minute, until the answer lists what is held and what was on its way. ${whoRunsIt}`,
  ];
};

const mayGoOut = 'it may still go out';
const words: Readonly<Record<string, Words>> = {
  'post.hold': ofPost(
    'is not held',
    mayGoOut,
    'Ask for it again at once, until its card says that it is held.',
  ),
  'account.hold': everything('held'),
  'account.stop': (post, facts) => (facts.stop === 'routine' ? paused : stopped)(post, facts),
  'account.resume': notGoingOn,
  'post.hold-with-all': withAll,
  'post.cancel': ofPost(
    'is not cancelled',
    mayGoOut,
    'Ask for it again in a minute, until its card says that it is cancelled.',
  ),
  'post.remove': ofPost(
    'is not being taken down',
    'what is public of it may stay',
    'Ask for it again at once, until its card says that it is being taken down.',
  ),
  'post.approve': decided,
  'post.pass-on': decided,
  'post.send-back': decided,
  'post.refuse': decided,
  'post.let-out': decided,
  'post.approve-correction': decided,
  'post.refuse-correction': decided,
  // What is proposed takes its number first.
  'number.take': written,
  'post.propose': written,
  'post.revise': changed,
  'post.add': changed,
  'post.correct': changed,
  'post.schedule': changed,
  'post.send': answeredOn,
  'post.ask-again': answeredOn,
  'post.choose-department': answeredOn,
  'post.try-again': answeredOn,
  'post.leave-as-it-is': answeredOn,
  'post.answer': answeredOn,
  'post.answer-gone': answeredOn,
  'post.answer-tried': answeredOn,
  'post.done-by-hand': answeredOn,
  'post.mend-by-hand': answeredOn,
};

/** Whether there is more to say of a command that came to nothing than that it broke off. */
export const isTold = (command: string): boolean => Object.hasOwn(words, command);

/** Of what broke off, nobody here can tell whether something of it was done before. */
export const brokeOffWords: Said = [
  'Something went wrong on our side',
  'It may be that nothing was done, so please look before you ask for it again. Nothing was lost that had been saved before. If it happens again, tell whoever runs Crier.',
];

/** @returns what is not so, or that nobody can tell, and what to do; of what only goes along with something else, that it broke off */
export function notDoneWords(facts: NotDoneFacts): Said {
  const { command, numbers } = facts;
  const named = numbers.map((number) => `#${String(number)}`);
  const post = named.length === 0 ? 'that post' : sayList(named, 'or');
  const [title, sentence] = words[command]?.(post, facts) ?? brokeOffWords;
  return [title.charAt(0).toUpperCase() + title.slice(1), sentence];
}
