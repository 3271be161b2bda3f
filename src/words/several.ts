import type { Millis } from '../core/time.ts';
import type { Protocol } from '../protocol/protocol.ts';
import { cutAtWord, firstWords } from '../protocol/text/cut.ts';
import type { Said } from './answers.ts';
import { commandWords, type CommandName } from './commands.ts';
import { nameOf, sayList } from './names.ts';
import { sayUntil } from './times.ts';

/** Commands that do something with a post and need nothing but its number. */
export type ByNumber = 'cancel' | 'hold' | 'remove';
/** Commands that open a post by its number. */
export type OpensByNumber = 'show' | 'edit' | 'correct' | 'why' | 'where used';

/** A button that says a typed command. */
export interface Offer {
  readonly title: string;
  readonly words: string;
  /** it says back what somebody typed, so that it counts no longer than their message says it */
  readonly back?: true;
}

const posts = (numbers: readonly number[], joined?: 'or'): string =>
  sayList(
    numbers.map((number) => `#${String(number)}`),
    joined,
  );

const titles: Readonly<Record<ByNumber | OpensByNumber, (post: string) => string>> = {
  hold: (post) => `Hold ${post}`,
  cancel: (post) => `Cancel ${post}`,
  remove: (post) => `Take down ${post} now`,
  show: (post) => `Open ${post}`,
  edit: (post) => `Edit ${post}`,
  correct: (post) => `Correct ${post}`,
  why: (post) => `Why: ${post}`,
  'where used': (post) => `Where used: ${post}`,
};

/**
 * @param later what is offered again once this is done
 * @returns a button that gives the command to one post
 */
export function offerOf(
  command: ByNumber | OpensByNumber,
  number: number,
  later: readonly number[] = [],
): Offer {
  const rest = later.length === 0 ? '' : ` but not yet ${later.join(', ')}`;
  return { title: titles[command](`#${String(number)}`), words: `${command} ${String(number)}${rest}` };
}

/** @returns that a command opens one post, with a button for each that was named */
export function oneAtATime(
  command: OpensByNumber,
  numbers: readonly number[],
): Said & { readonly offers: readonly Offer[] } {
  return {
    title: 'Which one?',
    lines: ['I can open one post at a time.'],
    offers: numbers.map((number) => offerOf(command, number)),
  };
}

/** @returns that one message holds several commands, with a button for each */
export const severalCommands = (
  commands: readonly string[],
): Said & { readonly offers: readonly Offer[] } => ({
  title: 'One thing at a time, please',
  lines: [
    'You typed more than one thing, and nothing has happened yet. Press them in the order that you want.',
  ],
  offers: commands.map(yesOffer),
});

/** @returns that the first command of a message was done alone */
export const onlyFirstWords = (others: readonly string[]): string =>
  `Nothing else has happened yet: please type ${sayList(others.map((each) => `"${each}"`))}${others.length > 1 ? ', each' : ''} by itself.`;

/** Whether there is a button that gives a command to a post by its number. */
export const isTitled = (command: string): command is ByNumber | OpensByNumber =>
  Object.hasOwn(titles, command);

/**
 * @param command what was typed in front of words that were not understood
 * @param may those to which whoever typed it may give it
 * @returns that these posts are named in them, with buttons for each
 */
export function mentionedWords(
  numbers: readonly number[],
  command?: string,
  may: readonly number[] = [],
): Said & { readonly offers: readonly Offer[] } {
  const of = command !== undefined && isTitled(command) && command !== 'show' ? [command] : [];
  return {
    title:
      command === undefined
        ? `I did not understand that. Is it about ${posts(numbers, 'or')}?`
        : `Do you mean ${posts(numbers, 'or')}?`,
    lines: ['Nothing has happened yet. You can also type "help" to see what I can do.'],
    offers: numbers.flatMap((number) =>
      [...(may.includes(number) ? of : []), 'show' as const].map((name) => offerOf(name, number)),
    ),
  };
}

/** The most of a command that stands on its button. */
const onButton = 100;

/** @returns the button by which somebody says that they mean a command */
export const yesOffer = (words: string): Offer => ({
  title: `Yes: ${firstWords(words, onButton)}`,
  words,
  back: true,
});

/**
 * @param beside what came with it, which a press on a button would not bring
 * @returns the question whether residents should read a sentence that is no command
 */
export function askWhetherText(
  sentence: string,
  beside: 'picture' | 'captions' | undefined,
): Said & { readonly offers: readonly Offer[] } {
  return {
    title: 'I did not understand that',
    lines: [
      beside === 'captions'
        ? 'To put captions to the video of a post, send them by themselves, or with its number, such as "captions 142". If residents should read your words, send them again with "propose" in front, with the video and its captions.'
        : beside === 'picture'
          ? 'If residents should read it, send it again with "propose" in front, with its picture. You can also type "help" to see what I can do.'
          : 'If residents should read it, press the button: it is a draft then, and nothing goes out before it is approved. You can also type "help" to see what I can do.',
    ],
    offers: beside !== undefined ? [] : [yesOffer(`propose ${sentence}`)],
  };
}

/** Words that may have been for Crier, in a text or taken from it. */
interface ForCrier {
  readonly words: string;
  /** what a post would become by a press, such as `urgent` */
  readonly does: readonly string[];
}

/** Where they stand. */
interface Kept extends ForCrier {
  readonly at: 'in front' | 'at the end';
  /** nobody can tell what a post becomes by them, so that its form is offered in place of a choice */
  readonly isUnclear: boolean;
}

/**
 * @param taken words that are no part of the text
 * @param kept words that are
 * @param behind what was answered, and stands in front of them
 * @returns a button each way; each says what is still to be answered, so that it is asked again
 */
export function frontOffers(
  number: number,
  taken: ForCrier | undefined,
  kept: readonly Kept[],
  behind?: string,
): readonly Offer[] {
  const post = String(number);
  const becomes = (does: readonly string[]): string =>
    does.length === 0 ? '' : ` and make it ${sayList(does)}`;
  const besides =
    taken === undefined
      ? behind === undefined
        ? ''
        : ` behind "${behind}"`
      : ` but not yet with "${taken.words}"`;
  return [
    ...(taken === undefined
      ? []
      : [
          {
            title: `Put ${quote(taken.words)} in the text${becomes(taken.does)}`,
            words: `edit ${post} with "${taken.words}" in front`,
          },
        ]),
    ...(kept.some(({ isUnclear }) => isUnclear) ? [{ title: `Edit #${post}`, words: `edit ${post}` }] : []),
    ...kept.flatMap((each) => {
      if (each.isUnclear) return [];
      // A command that a button says stands on one line.
      const words = each.words.replace(/\s+/gu, ' ');
      return {
        title: `Take ${quote(words)} out${becomes(each.does)}`,
        words: `edit ${post} without "${words}" ${each.at}${besides}`,
      };
    }),
    { title: 'It is right as it is', words: `show ${post}` },
  ];
}

/** What a button below a draft says whose first or last words may have been for Crier. */
export interface FrontAnswer {
  readonly way: 'with' | 'without';
  readonly words: string;
  readonly at: 'in front' | 'at the end';
  /** what was taken off, and may still be put in */
  readonly taken?: string;
  /** what was put in front */
  readonly behind?: string;
}

const answerForm =
  /^(?<way>with|without) "(?<words>[^\n]{1,300}?)" (?<at>in front|at the end)(?: (?<left>but not yet with|behind) "(?<besides>[^\n]{1,300})")?$/u;

/** Reads what such a button says, behind the number of the post. */
export function frontAnswer(words: string): FrontAnswer | undefined {
  const { way, at, left, besides, words: of = '' } = answerForm.exec(words)?.groups ?? {};
  if (way === undefined) return undefined;
  return {
    way: way === 'with' ? 'with' : 'without',
    words: of,
    at: at === 'in front' ? 'in front' : 'at the end',
    ...(besides === undefined ? {} : left === 'behind' ? { behind: besides } : { taken: besides }),
  };
}

/**
 * @param command as it would be given
 * @returns what a sentence would do that is taken for a command, and the button that says so
 */
export function asCommandWords(
  name: CommandName,
  command: string,
): { readonly line: string; readonly offer: Offer } {
  return {
    line: `I could also take it for the command ${quote(name)}. What that is for: ${commandWords[name].does}`,
    offer: { title: `No: the command ${quote(name)}`, words: command, back: true },
  };
}

/**
 * @param way how what the post says can be changed now
 * @returns that a message which proposed a post counts as it was sent, and the button that changes the post
 */
export function editedPostWords(
  number: number,
  way: 'edit' | 'correct' | 'show',
): Said & { readonly offers: readonly Offer[] } {
  const offer = offerOf(way, number);
  return {
    title: `#${String(number)} still says what it said`,
    lines: [
      `You have changed your message. I go by what a message says when it is sent. ${
        way === 'show'
          ? `Press "${offer.title}" to see what can be done with the post.`
          : `To change the post, press "${offer.title}".`
      }`,
    ],
    offers: [offer],
  };
}

/**
 * @param lines what is said of the words as they are now
 * @returns that a message which was changed counts as it was sent, and buttons that say what it says now
 */
export function editedWords(
  offers: readonly Offer[],
  lines: readonly string[] = ['If you mean what it says now, press the button.'],
): Said & { readonly offers: readonly Offer[] } {
  return {
    title: 'I go by what a message says when it is sent',
    lines: ['You have changed your message, and nothing has happened by that.', ...lines],
    offers,
  };
}

/** @returns why a button is not for whoever pressed it, and what they can do themselves */
export function notTheirsWords(by: string, words: string, protocol: Protocol): string {
  const own = /^propose\b/u.test(words)
    ? 'To write for residents yourself, type "propose" and your own words.'
    : `To do the same yourself, type ${quote(words)}.`;
  return `${nameOf(by, protocol)} typed this, so only they can press it. ${own}`;
}

/** The most of somebody's own words that is quoted: they stand in full just above. */
const quoted = 300;

/** @returns somebody's own words in quotation marks, cut where they are long */
export function quote(words: string): string {
  return `"${cutAtWord(words, quoted)}"`;
}

const nothing: Readonly<Record<ByNumber, string>> = {
  hold: 'Nothing has been held',
  cancel: 'Nothing has been cancelled yet',
  remove: 'Nothing has been taken down yet',
};

/** @returns that nothing has happened, and why somebody is asked on a button for each post */
export function askEachWords(
  command: ByNumber,
  asked: {
    readonly can: boolean;
    readonly several: boolean;
    readonly either: boolean;
    readonly left: string;
  },
): Said {
  const atOnce = command === 'remove' ? 'takes the post down' : 'cancels the post';
  return {
    title: nothing[command],
    lines: [
      ...(asked.either && asked.can ? ['You named one post or the other. Which one do you mean?'] : []),
      ...(asked.can && !asked.several && asked.left === ''
        ? [`A press ${atOnce}. Nobody can undo that.`]
        : []),
      ...(asked.several && !asked.either
        ? ['You named several posts. This cannot be undone, so each of them has a button of its own.']
        : []),
      ...(asked.left === ''
        ? []
        : [
            `I did not understand ${quote(asked.left)}.${asked.can ? ` A press ${atOnce} at once, whatever else you wrote.` : ''}`,
          ]),
    ],
  };
}

const become: Readonly<Record<ByNumber, readonly [one: string, several: string]>> = {
  hold: ['is held', 'are held'],
  cancel: ['is cancelled', 'are cancelled'],
  remove: ['comes down now', 'come down now'],
};

/** What is said of posts to which a command was given. */
export const doneWords = {
  onItsWay: 'what was already on its way could not be called back.',
  /** @returns which posts it is done to, and what of the words was not understood */
  of: (
    command: ByNumber,
    done: readonly number[],
    besides: { readonly either: readonly number[]; readonly left: string },
  ): Said => ({
    title:
      done.length === 0 ? nothing[command] : `${posts(done)} ${become[command][done.length === 1 ? 0 : 1]}`,
    lines: [
      ...(besides.either.length === 0
        ? []
        : [`You also named ${posts(besides.either)}, and I could not tell whether you mean it.`]),
      ...(besides.left === '' ? [] : [`I did not understand ${quote(besides.left)}.`]),
    ],
  }),
};

/** @returns the question before everything is held, where somebody wrote more than that */
export function askHoldAllWords(left: string): Said & { readonly offers: readonly Offer[] } {
  return {
    title: 'Hold everything? Nothing has been held yet',
    lines: [
      `I did not understand ${quote(left)}. "hold all" holds every post that is not public yet, of every department.`,
      'To hold single posts, type their numbers, such as "hold 142 143".',
    ],
    offers: [
      { title: 'Hold everything', words: 'hold all' },
      { title: 'Posts', words: 'posts' },
    ],
  };
}

/**
 * @param typed the end of an absence as somebody wrote it
 * @returns the question whether somebody is away from now on, where they named a day to come or a beginning
 */
export function askFromNow(
  typed: string,
  until: Millis,
  now: Millis,
): Said & { readonly offers: readonly Offer[] } {
  return {
    title: 'Are you away from now on?',
    lines: [
      'Nothing has changed yet: I can note until when you are away, but it begins at once.',
      'If you go later, tell me then.',
    ],
    offers: [{ title: `Away from now until ${sayUntil(until, now)}`, words: `away until ${typed}` }],
  };
}

/** @returns what a list says of words that it cannot heed */
export function notHeededInList(of: 'calendar' | 'waiting', left: string): string {
  const shown =
    of === 'calendar' ? 'This is all that is planned for the coming weeks.' : 'This is what waits for you.';
  return `I did not understand ${quote(left)}. ${shown}`;
}

/** @returns what a question about everything says of words that it cannot heed */
export function notHeeded(left: string): string {
  return `I did not understand ${quote(left)}. This is for every account and every department, from the moment you press.`;
}

/** @returns that a post was opened and nothing else was done, whatever else was typed */
export function onlyOpenedWords(left: string): string {
  return `I have only opened it, and done nothing about ${quote(left)}. If you mean that, send it as a message of its own, with the number.`;
}

/** @returns that words which came with a number came to nothing, since what they were said to is not there */
export const cameToNothing = (words: string): string =>
  `I have done nothing with your words, and passed them on to nobody: ${quote(words)}`;

/** @returns that words which came with a number are not in its form */
export function notInForm(left: string): string {
  return `The form shows the post as it is. I have not put your words into it: ${quote(left)}`;
}
