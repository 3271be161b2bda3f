import { nearest } from '../protocol/faults.ts';
import type { Desk } from './desk.ts';
import { notice } from './notices.ts';
import { photoSaid } from './photo.ts';
import type { Reply } from './reply.ts';
import type { Turn } from './turn.ts';
import { fileAlone } from './typed/captions.ts';
import { typedCommands } from './typed/index.ts';
import { asCommand } from './typed/is-command.ts';
import { meant } from './typed/meant.ts';
import { otherWords } from './typed/other-words.ts';

const greetings: ReadonlySet<string> = new Set(
  'hi hello hallo hey hiya start good morning afternoon evening'.split(' '),
);
const names = typedCommands.map((each) => each.name);

/** Runs what somebody typed; a near miss is answered with the nearest command. */
export async function said(text: string, turn: Turn, desk: Desk): Promise<Reply> {
  const typed = text.trim();
  const match = /^\/?(?<word>[\p{L}-]+)(?<rest>[\s\S]*)$/u.exec(typed);
  const word = match?.groups?.['word']?.toLowerCase() ?? '';
  const rest = match?.groups?.['rest']?.trim() ?? '';
  const command = typedCommands.find((each) => each.name === word);
  const withPhoto = await photoSaid(typed, word, rest, turn, desk);
  if (withPhoto !== undefined) return withPhoto;
  if (command !== undefined) return await command.run(rest, turn, desk);
  const [file] = turn.files;
  if (file !== undefined && typed === '') {
    const captions = /\.(?:vtt|srt)$/iu.test(file.name);
    if (!captions && turn.where.kind !== 'personal') return notice('photo-in-own-chat', {});
    return await fileAlone(file, turn, desk);
  }
  if (greetings.has(word) || typed === '?' || typed === '') return { show: 'welcome' };
  // A bare number is a post.
  if (/^#?\d{1,9}$/u.test(typed)) {
    const show = typedCommands.find((each) => each.name === 'show');
    if (show !== undefined) return await show.run(typed, turn, desk);
  }
  const meaning = otherWords(typed, names);
  if (meaning !== undefined) return await meant(meaning, typed, turn, desk);
  const close = nearest(word, names);
  // `Proposal: The road is open.`
  const after = rest.replace(/^[:,]\s*/u, '');
  const whole = close === undefined ? undefined : asCommand(close, after);
  if (whole !== undefined) return { show: 'nearest', typed: word, nearest: whole };
  return notice('not-mine', {});
}
