/** What is told of a command that came to nothing since it could not be saved. */
export interface NotDoneFacts {
  readonly command: string;
  /** of the post that it was for */
  readonly number?: number;
}

type Said = readonly [title: string, words: string];

const whoRunsIt =
  'If that goes on, tell whoever runs Crier: it may be unable to save anything, as when its disk is full.';
const untilAll = (done: string): string =>
  `Crier could not save it for every account, so posts may still go out. Ask for it again at once, until the answer says that everything is ${done}. ${whoRunsIt}`;

const undecided = (post: string): Said => [
  `Your decision on ${post} was not saved`,
  `It waits for you as before. Please look at it again in a minute, and decide then. ${whoRunsIt}`,
];
const unwritten: Said = [
  'What you sent was not saved',
  `Please keep it, and send it again in a minute. ${whoRunsIt}`,
];

/** By the command: where something goes on that was to stop, that is what counts. */
const words: Readonly<Record<string, (post: string) => Said>> = {
  'post.hold': (post) => [
    `${post} is not held`,
    `Crier could not save that, so it may still go out. Ask for it again at once, until its card says that it is held. ${whoRunsIt}`,
  ],
  'account.hold': () => ['Not everything is held', untilAll('held')],
  'account.stop': () => ['Not everything is stopped', untilAll('stopped')],
  'post.hold-with-all': () => [
    'Not every post is held',
    `Every account is, so nothing goes out that was decided before. Crier could not save the rest: ask for it again in a minute, until the answer lists what is held. ${whoRunsIt}`,
  ],
  'post.cancel': (post) => [
    `${post} is not cancelled`,
    `Crier could not save that, so it may still go out. Ask for it again in a minute, until its card says that it is cancelled. ${whoRunsIt}`,
  ],
  'post.remove': (post) => [
    `${post} is not being taken down`,
    `Crier could not save that, so what is public of it stays. Ask for it again at once, until its card says that it is being taken down. ${whoRunsIt}`,
  ],
  'post.approve': undecided,
  'post.pass-on': undecided,
  'post.send-back': undecided,
  'post.refuse': undecided,
  'post.approve-correction': undecided,
  'post.refuse-correction': undecided,
  // What is proposed takes its number first.
  'number.take': () => unwritten,
  'post.propose': () => unwritten,
  'post.revise': () => unwritten,
  'post.add': () => unwritten,
  'post.correct': () => unwritten,
};

/** Of what broke off, nobody here can tell whether something of it was done before. */
export const brokeOffWords: Said = [
  'Something went wrong on our side',
  'It may be that nothing was done, so please look before you ask for it again. Nothing was lost that had been saved before. If it happens again, tell the communications team.',
];

/** @returns what is not so, and what to do; of what only goes along with something else, that it broke off */
export const notDoneWords = ({ command, number }: NotDoneFacts): Said =>
  words[command]?.(number === undefined ? 'That post' : `#${String(number)}`) ?? brokeOffWords;
