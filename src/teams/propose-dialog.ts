import { departmentsToProposeFor } from '../protocol/people.ts';
import { refusePost } from '../posts/refusals.ts';
import { dialogWords } from '../words/on-cards.ts';
import { refusalWords } from '../words/refusals.ts';
import { sayNotice } from '../words/typed.ts';
import type { TurnAnswer } from './adapter.ts';
import type { Content } from './courier.ts';
import { postById, postIdFrom, type Desk } from './desk.ts';
import type { Draw } from './draw.ts';
import type { Turn } from './turn.ts';
import { proposeText } from './typed/propose.ts';

/** The message extension's dialog in which a post is proposed. */
export interface ProposeDialog {
  /** the form, with the words of the message in whose menu it was chosen; whoever may not write hears it at once */
  readonly opened: (message: GivenMessage | undefined, turn: Turn) => Promise<TurnAnswer>;
  /** the post is in the person's own chat, or the form comes back with what is wrong */
  readonly sent: (data: Readonly<Record<string, unknown>>, turn: Turn) => Promise<TurnAnswer>;
}

/** @returns the dialog, drawn by `draw` */
export function proposeDialog(desk: Desk, draw: Draw): ProposeDialog {
  async function answered(words: string, turn: Turn): Promise<TurnAnswer> {
    const reply = { show: 'notice', title: '', words } as const;
    const content = await draw.reply(reply, { kind: 'person', person: turn.person });
    return content === undefined ? { answer: 'nothing' } : dialog(content);
  }

  return {
    opened: async (message, turn) => {
      const rules = desk.rules();
      if (departmentsToProposeFor(turn.person, rules).length === 0) {
        const refusal = refusePost('may-not-propose', { department: '', may: [] });
        return await answered(refusalWords(refusal, rules, turn.now).words, turn);
      }
      const text = message === undefined ? '' : await wordsOf(message);
      return dialog(draw.proposeForm(turn.person, { notice: '', typed: { text } }));
    },
    sent: async (data, turn) => {
      const field = (name: string): string => {
        const value = data[name];
        return typeof value === 'string' ? value.trim() : '';
      };
      const typed = {
        department: field('department'),
        // Who is used to typing the command types it here as well; a text for the public begins with a capital.
        text: field('text').replace(/^propose(?::\s*|\s+)/u, ''),
        when: field('when'),
        until: field('until'),
      };
      const again = (notice: string): TurnAnswer => dialog(draw.proposeForm(turn.person, { notice, typed }));
      if (typed.text === '') return again(dialogWords.empty);
      const department = desk.rules().departments[typed.department];
      const text = `${department === undefined ? '' : `for ${department.short}: `}${typed.text}`;
      const own: Turn = { ...turn, where: { ...turn.where, kind: 'personal' } };
      const reply = await proposeText(text, own, desk, {
        ...(typed.when === '' ? {} : { when: typed.when }),
        ...(typed.until === '' ? {} : { until: typed.until }),
      });
      const post = await postById(desk, postIdFrom(turn.key));
      if (reply.show === 'nothing' || post !== undefined) {
        const { words } = sayNotice('card-in-own-chat', { number: post?.number ?? 0 });
        const asked = reply.show === 'choice' ? [reply.title, ...reply.lines] : [];
        return await answered([words, ...asked].join('\n\n'), turn);
      }
      if (reply.show === 'notice') return again(`${reply.title} ${reply.words}`.trim());
      const content = await draw.reply(reply, { kind: 'person', person: turn.person });
      return content === undefined ? { answer: 'nothing' } : dialog(content);
    },
  };
}

function dialog(content: Content): TurnAnswer {
  return 'text' in content
    ? { answer: 'notice', text: content.text }
    : { answer: 'dialog', title: dialogWords.title, card: content.card };
}

/** A message as Teams hands it to what is chosen in its menu: its words, or HTML. */
export interface GivenMessage {
  readonly contentType: string;
  readonly content: string;
}

/** What ends a line of a message. */
const blocks: ReadonlySet<string> = new Set(['p', 'div', 'li', 'h1', 'h2', 'h3', 'blockquote']);

/** @returns the words of a message, line by line, without its markup */
export async function wordsOf({ contentType, content }: GivenMessage): Promise<string> {
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
