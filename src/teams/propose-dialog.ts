import { refusePost } from '../posts/refusals.ts';
import { mostWritten } from '../posts/writing/how-much.ts';
import { departmentsToProposeFor } from '../protocol/people.ts';
import { dialogWords } from '../words/on-cards.ts';
import { refusalWords } from '../words/refusals.ts';
import { tooLongWords } from '../words/too-long.ts';
import { sayNotice } from '../words/typed.ts';
import type { TurnAnswer } from './adapter.ts';
import { fits } from './cards/room.ts';
import { postById, postIdFrom, type Desk } from './desk.ts';
import type { Draw } from './draw.ts';
import type { Reply } from './reply.ts';
import type { Turn } from './turn.ts';
import { proposeText } from './typed/propose.ts';

/** What somebody typed into the dialog, by input. */
type Typed = Readonly<Record<string, unknown>>;

/** The message extension's dialog in which a post is proposed. */
export interface ProposeDialog {
  /** the form, with the words of the message in whose menu it was chosen; whoever may not write hears it at once */
  readonly opened: (message: GivenMessage | undefined, turn: Turn) => Promise<TurnAnswer>;
  /**
   * the post is a draft, or the form comes back with what is wrong
   * @param hasChat whether its card can come to the person's own chat
   */
  readonly sent: (typed: Typed, turn: Turn, hasChat: () => Promise<boolean>) => Promise<TurnAnswer>;
  /** the form once more, with what was typed into it and what is to be said of that */
  readonly again: (typed: Typed, person: string, words: string) => TurnAnswer;
}

/** @returns the dialog, drawn by `draw` */
export function proposeDialog(desk: Desk, draw: Pick<Draw, 'proposeForm'>): ProposeDialog {
  const form = (...[person, again]: Parameters<Draw['proposeForm']>): TurnAnswer | undefined => {
    const card = draw.proposeForm(person, again);
    return fits(card) ? { answer: 'dialog', title: dialogWords.title, card } : undefined;
  };
  const again: ProposeDialog['again'] = (typed, person, words) =>
    form(person, { notice: words, typed: textsIn(typed) }) ?? { answer: 'notice', text: words };

  return {
    again,
    opened: async (message, turn) => {
      const rules = desk.rules();
      if (departmentsToProposeFor(turn.person, rules).length === 0) {
        const refusal = refusePost('may-not-propose', { department: '', may: [] });
        return { answer: 'notice', text: refusalWords(refusal, rules, turn.now).words };
      }
      const text = message === undefined ? '' : await wordsOf(message);
      const opened =
        text.length > mostWritten ? undefined : form(turn.person, { notice: '', typed: { text } });
      const long = { at: ['message'], characters: text.length, most: mostWritten };
      return opened ?? { answer: 'notice', text: tooLongWords(long, [], rules) };
    },
    sent: async (data, turn, hasChat) => {
      const field = (name: string): string => (textsIn(data)[name] ?? '').trim();
      const typed = {
        department: field('department'),
        // Who is used to typing the command types it here as well; a text for the public begins with a capital.
        text: field('text').replace(/^propose(?::\s*|\s+)/u, ''),
        when: field('when'),
        until: field('until'),
      };
      if (typed.text === '') return again(typed, turn.person, dialogWords.empty);
      const department = desk.rules().departments[typed.department];
      const text = `${department === undefined ? '' : `for ${department.short}: `}${typed.text}`;
      const own: Turn = { ...turn, where: { ...turn.where, kind: 'personal' } };
      // Before there is a post, of which a chat that is begun has it bring the card.
      const comes = await hasChat();
      const reply = await proposeText(text, own, desk, {
        ...(typed.when === '' ? {} : { when: typed.when }),
        ...(typed.until === '' ? {} : { until: typed.until }),
      });
      const said = saidIn(reply);
      const post = await postById(desk, postIdFrom(turn.key));
      if (post === undefined) return again(typed, turn.person, said.join(' '));
      const { number } = post;
      const { words } = sayNotice(comes ? 'card-comes-to-own-chat' : 'no-chat-for-card', { number });
      return { answer: 'notice', text: [words, ...said].join('\n\n') };
    },
  };
}

/** What an answer says in words, beside the card that the outbox brings. */
function saidIn(reply: Reply): readonly string[] {
  const said =
    reply.show === 'notice'
      ? [reply.title, reply.words]
      : reply.show === 'choice'
        ? [reply.title, ...reply.lines]
        : reply.show === 'post'
          ? [reply.notice ?? '']
          : [];
  return said.filter((words) => words !== '');
}

const textsIn = (typed: Typed): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(typed).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );

/** A message as Teams hands it to what is chosen in its menu: its words, or HTML. */
export interface GivenMessage {
  readonly contentType: string;
  readonly content: string;
}

/** What ends a line of a message. */
const blocks: ReadonlySet<string> = new Set(['p', 'div', 'li', 'h1', 'h2', 'h3', 'blockquote']);

/** @returns the words of a message, line by line, without its markup */
async function wordsOf({ contentType, content }: GivenMessage): Promise<string> {
  if (contentType !== 'html') return content.trim();
  // Loaded with the first message: no start needs it.
  const { Parser } = await import('htmlparser2');
  let words = '';
  const parser = new Parser({
    onopentag: (name) => {
      if (name === 'br') words += '\n';
    },
    ontext: (text) => {
      words += text.replace(/\s+/gu, ' ');
    },
    onclosetag: (name) => {
      if (blocks.has(name)) words += '\n';
    },
  });
  parser.end(content);
  const lines = words.split('\n').map((line) => line.replaceAll('\u00a0', ' ').trim());
  return lines
    .filter((line, n) => line !== '' || (lines[n - 1] ?? '') !== '')
    .join('\n')
    .trim();
}
