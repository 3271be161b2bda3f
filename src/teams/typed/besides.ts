import type { NotTaken, RightOnes } from '../../words/files.ts';
import { sayNotice } from '../../words/typed.ts';
import type { Reply } from '../reply.ts';

/** An answer, with each file that was not taken and why. */
export function besides(reply: Reply | undefined, refused: readonly NotTaken[], into?: RightOnes): Reply {
  if (refused.length === 0) return reply ?? { show: 'nothing' };
  const said = sayNotice('file-refused', { refused, ...(into === undefined ? {} : { into }) });
  return withSaid(reply, said);
}

/** An answer with something that is said first. */
export function withSaid(
  reply: Reply | undefined,
  said: { readonly title: string; readonly words: string },
): Reply {
  const line = `${said.title}. ${said.words}`;
  switch (reply?.show) {
    case 'choice':
      return { ...reply, lines: [line, ...reply.lines] };
    case 'post':
      return { ...reply, notice: [line, ...(reply.notice === undefined ? [] : [reply.notice])].join(' ') };
    case 'notice': {
      const words = [said.words, reply.title === '' ? '' : `${reply.title}.`, reply.words];
      return { ...reply, title: said.title, words: words.filter((each) => each !== '').join('\n\n') };
    }
    default:
      return { show: 'notice', ...said };
  }
}

/** An answer with something that is said last. */
export function withLine(reply: Reply, line: string): Reply {
  switch (reply.show) {
    case 'post':
      return { ...reply, notice: [...(reply.notice === undefined ? [] : [reply.notice]), line].join(' ') };
    case 'notice':
      return { ...reply, words: `${reply.words}\n\n${line}` };
    case 'choice':
      return { ...reply, lines: [...reply.lines, line] };
    default:
      return { show: 'notice', title: '', words: line };
  }
}
