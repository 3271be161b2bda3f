import type { Stopped } from '../dispatch/account.ts';
import { awaitsCorrection } from '../posts/correcting/correctable.ts';
import { waitsForTheDesk } from '../posts/correcting/fresh-decision.ts';
import type { PostState } from '../posts/post.ts';
import { isUnsent } from '../posts/leaving/to-go-out.ts';
import { isPublic } from '../posts/leaving/what-is-public.ts';
import { meanwhileWords } from './meanwhile.ts';
import { sayList } from './names.ts';

/** What is told of what somebody asked for and that came to nothing, or may have. */
export interface NotDoneFacts {
  readonly command: string;
  /** of the posts that it was for */
  readonly numbers: readonly number[];
  /** those of them that could be read, as they stand now */
  readonly posts: readonly PostState[];
  /** what was to be stopped, or is */
  readonly stop?: Stopped;
  /** whoever asked for it, where that is known */
  readonly by?: string;
  /** somebody says that they are back, or, if false, that they are away */
  readonly isBack?: boolean;
  /** in the course of a resume, which holds what waits before anything goes on */
  readonly resuming?: boolean;
  /** whether it is known that it was not done, or not everywhere; else nobody can tell */
  readonly isKnown: boolean;
}

type Said = readonly [title: string, words: string];
type Words = (facts: NotDoneFacts) => Said;

const whoRunsIt =
  'If that goes on, tell whoever runs Crier: it may be unable to read or save anything, as when its disk is full.';

/** By whether it is known: what is not so, or may not be; and what to do. */
const said =
  (known: (facts: NotDoneFacts) => Said, perhaps: (facts: NotDoneFacts) => Said): Words =>
  (facts) => {
    const [title, words] = (facts.isKnown ? known : perhaps)(facts);
    return facts.isKnown
      ? [title, `${words} ${whoRunsIt}`]
      : [`It may be that ${title}`, `Nobody can tell yet. ${words} ${whoRunsIt}`];
  };

const listed = (numbers: readonly number[], word: 'and' | 'or'): string =>
  numbers.length === 0
    ? 'that post'
    : sayList(
        numbers.map((number) => `#${String(number)}`),
        word,
      );

/** `#4 is`, `#4 and #5 are` */
const areWords = (numbers: readonly number[]): string =>
  `${listed(numbers, 'and')} ${numbers.length > 1 ? 'are' : 'is'}`;

/** What somebody asks for by a post's number, or on its card. */
interface OfPost {
  readonly done: string;
  /** by how a post stands: whether that is so by now, whoever brought it about */
  readonly isSo: (post: PostState) => boolean;
  /** what goes on meanwhile, as what follows `so `; of a post that nobody can read, what may */
  readonly meanwhile: (post: PostState | undefined) => string;
  /** the same of several posts */
  readonly ofSeveral: string;
  /** until when to ask for it again */
  readonly again: string;
}

/** What is done to each of one or several posts: those of which it is so by now are told apart from the others. */
const ofPosts =
  ({ done, isSo, meanwhile, ofSeveral, again }: OfPost): Words =>
  (facts) => {
    const { numbers, posts } = facts;
    const so = posts.filter(isSo).map(({ number }) => number);
    const not = numbers.filter((number) => !so.includes(number));
    if (so.length > 0 && not.length === 0)
      return [
        `${areWords(so)} ${done}`,
        `That is so by now, and only the answer to it did not come. To see it, type "show ${String(so[0])}".`,
      ];
    const others = posts.filter((post) => !isSo(post));
    const before = so.length === 0 ? '' : `${areWords(so)} ${done}. `;
    const goesOn = not.length > 1 ? ofSeveral : meanwhile(others[0]);
    const until = not.length > 1 ? 'until each card says so' : `until its card says that it is ${done}`;
    const next = `${again}, ${until}.`;
    // Of several nobody can tell which it was saved for, unless each of them can be read.
    const isKnown = facts.isKnown && (not.length < 2 || others.length === not.length);
    return said(
      () => [`${areWords(not)} not ${done}`, `${before}Crier could not save that, so ${goesOn}. ${next}`],
      () => [
        `${listed(not, 'or')} is not ${done}`,
        `${before}Crier could not find out whether that was saved, so ${goesOn}. ${next}`,
      ],
    )({ ...facts, isKnown });
  };

const look = ({ numbers: [number] }: NotDoneFacts): string =>
  number === undefined
    ? 'In a minute, please look at its card.'
    : `In a minute, please look at its card, or type "show ${String(number)}".`;

/** How the one post that it is about goes on while it is not saved; nothing of one that could not be read. */
const untilSaved = ({ posts: [post] }: NotDoneFacts): string =>
  post === undefined ? '' : ` Until it is saved, ${meanwhileWords(post)}.`;

const waitsForDecision = (post: PostState): boolean =>
  post.status.is === 'in-review' ||
  post.status.is === 'held' ||
  waitsForTheDesk(post) ||
  awaitsCorrection(post);

const decided: Words = said(
  ({ numbers, posts: [post] }) => [
    `Your decision on ${listed(numbers, 'or')} was not saved`,
    post === undefined || waitsForDecision(post)
      ? 'It waits for you as before. Please look at it again in a minute, and decide then.'
      : 'It waits for nobody any more. In a minute, please look at its card.',
  ],
  (facts) => [
    `your decision on ${listed(facts.numbers, 'or')} was not saved`,
    `If it was, it counts already. ${look(facts)} Decide again only where it still waits for you.`,
  ],
);

/** Whoever asked for a correction, and takes that back, waits for nobody: others can still agree to it. */
const takenBack: Words = said(
  ({ numbers, posts: [post] }) => [
    `Your request to correct ${listed(numbers, 'or')} was not taken back`,
    post !== undefined && !awaitsCorrection(post)
      ? 'Nobody is asked about it any more. In a minute, please look at its card.'
      : 'Crier could not save that. Whoever was asked can still agree to the correction, and then it can go out. Ask for it again at once, until its card says that you took it back.',
  ],
  (facts) => [
    `your request to correct ${listed(facts.numbers, 'or')} was not taken back`,
    `If it was not, whoever was asked can still agree to the correction, and then it can go out. ${look(facts)} Take it back again where it still waits.`,
  ],
);
const aboutCorrection: Words = (facts) => {
  const [post] = facts.posts;
  return (facts.by !== undefined && post?.correction?.by === facts.by ? takenBack : decided)(facts);
};

const untilNoted = 'Say it again in a minute, until the answer says';
const away: Words = said(
  () => [
    'It is not noted that you are away',
    `Crier could not save that. Unless you were away already, you are still asked for decisions. ${untilNoted} until when you are away.`,
  ],
  () => [
    'it is not noted that you are away',
    `If it is not, you are still asked for decisions. ${untilNoted} until when you are away.`,
  ],
);
const back: Words = said(
  () => [
    'It is not noted that you are back',
    `Crier could not save that. If you were away, you still are, and you are not asked for decisions. ${untilNoted} "Welcome back".`,
  ],
  () => [
    'it is not noted that you are back',
    `If it is not, you are not asked for decisions. ${untilNoted} "Welcome back".`,
  ],
);

/** What somebody sent to begin a post: whether that is there is told from the post that it makes. */
const written: Words = (facts) => {
  const [made] = facts.posts;
  if (made !== undefined) {
    const number = String(made.number);
    return [
      `What you sent is #${number}`,
      `That was saved, and something that goes with it was not. Please look at its card for what is still missing, or type "show ${number}". ${whoRunsIt}`,
    ];
  }
  return said(
    () => ['What you sent was not saved', 'Please keep it, and send it again in a minute.'],
    () => [
      'what you sent was not saved',
      'Please keep it, and type "posts" in a minute. Send it again only where it is not there.',
    ],
  )(facts);
};
const changed: Words = said(
  (facts) => [
    'What you sent was not saved',
    `Please keep it, and send it again in a minute.${untilSaved(facts)}`,
  ],
  (facts) => [
    'what you sent was not saved',
    `Please keep it. ${look(facts)} Send it again only where it is not there.${untilSaved(facts)}`,
  ],
);
const answeredOn: Words = said(
  (facts) => [
    `What you pressed on ${listed(facts.numbers, 'or')} was not saved`,
    `Please look at it again in a minute, and press it then.${untilSaved(facts)}`,
  ],
  (facts) => [
    `what you pressed on ${listed(facts.numbers, 'or')} was not saved`,
    `${look(facts)} Press it again only where it is still asked.${untilSaved(facts)}`,
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
const withAll: Words = ({ stop, resuming = false, isKnown }) => {
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

/** What goes out, or may, where it is neither held nor given up; what no account took does not by itself. */
const mayGoOut = (post: PostState | undefined): string =>
  post !== undefined && (isPublic(post) || post.status.is === 'failed' || post.status.is === 'expired')
    ? meanwhileWords(post)
    : 'it may still go out';

const words: Readonly<Record<string, Words>> = {
  'post.hold': ofPosts({
    done: 'held',
    isSo: ({ status }) => status.is === 'held',
    meanwhile: mayGoOut,
    ofSeveral: 'they may still go out',
    again: 'Ask for it again at once',
  }),
  'account.hold': everything('held'),
  'account.stop': (facts) => (facts.stop === 'routine' ? paused : stopped)(facts),
  'account.resume': notGoingOn,
  'post.hold-with-all': withAll,
  'post.cancel': ofPosts({
    done: 'cancelled',
    isSo: ({ status }) => status.is === 'cancelled',
    meanwhile: (post) =>
      post !== undefined && (isUnsent(post) || post.status.is === 'held')
        ? meanwhileWords(post)
        : mayGoOut(post),
    ofSeveral: 'they may still go out',
    again: 'Ask for it again in a minute',
  }),
  'post.remove': ofPosts({
    done: 'being taken down',
    isSo: ({ status }) => status.is === 'taken-down',
    meanwhile: (post) =>
      post !== undefined && isPublic(post) ? meanwhileWords(post) : 'what is public of it may stay',
    ofSeveral: 'what is public of them may stay',
    again: 'Ask for it again at once',
  }),
  'post.approve': decided,
  'post.pass-on': decided,
  'post.send-back': decided,
  'post.refuse': decided,
  'post.let-out': decided,
  'post.approve-correction': decided,
  'post.refuse-correction': aboutCorrection,
  // What is proposed takes its number first.
  'number.take': written,
  'post.propose': written,
  // What comes first of a photo, and of words that wait for one.
  'person.photo-came': written,
  'person.photo-came-late': written,
  'person.words-for-photo': written,
  'person.files-wait': changed,
  'person.file-awaited': () => [
    'Please send the file with the number of its post',
    'Crier could not keep what the next file from you is for. Nothing has changed. Send it with the number in the same message, such as "picture 142".',
  ],
  'post.revise': changed,
  'post.add': changed,
  'post.correct': changed,
  'post.schedule': changed,
  'person.away': (facts) => (facts.isBack === true ? back : away)(facts),
  'post.send': answeredOn,
  'post.ask-again': answeredOn,
  'post.choose-department': answeredOn,
  'post.try-again': answeredOn,
  'post.leave-as-it-is': answeredOn,
  'post.put-right-there': answeredOn,
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
  const [title, sentence] = words[facts.command]?.(facts) ?? brokeOffWords;
  return [title.charAt(0).toUpperCase() + title.slice(1), sentence];
}
