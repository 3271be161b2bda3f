import { unlessNewer } from '../core/forms.ts';
import { maySee } from '../posts/may.ts';
import { postKind } from '../posts/kind.ts';
import { readWhole } from '../posts/plan.ts';
import { knownBy } from '../posts/standing.ts';
import { firstWords } from '../protocol/text/cut.ts';
import { stateWords } from '../words/state.ts';
import type { SearchResult } from './adapter.ts';
import { postByNumber, readableById, type Desk } from './desk.ts';
import type { Draw } from './draw.ts';

/** A post's number as people write it: `8`, `#8`, `post 8`. */
const numberAlone = /^\s*(?:post\s+)?(?:number\s+|no\.?\s+)?#?\s*(?<number>\d{1,9})\s*$/iu;

/**
 * @returns posts that hold every typed word, the person's own where none was typed; for a number the post that has it
 * comes first. Only those that they may see
 */
export async function found(
  { text, count, person }: { readonly text: string; readonly count: number; readonly person: string },
  desk: Desk,
  draw: Draw,
): Promise<readonly SearchResult[]> {
  const { number } = numberAlone.exec(text)?.groups ?? {};
  const words = (number ?? text).toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const named =
    number === undefined ? undefined : await unlessNewer(postByNumber(desk, Number(number)), undefined);
  const listed =
    words.length === 0
      ? await desk.executor.store.list({
          kind: postKind.kind,
          index: 'of-author',
          equals: person,
          limit: count,
        })
      : await desk.executor.store.search(postKind.kind, words.slice(0, 5), count * 2);
  const results: SearchResult[] = [];
  const ids = new Set([...(named === undefined ? [] : [named.id]), ...listed.items.map(({ id }) => id)]);
  for (const id of ids) {
    const state = await readableById(desk, id);
    if (state === undefined || !maySee(state, person, desk.rules())) continue;
    const content = await draw.reply({ show: 'post', post: state, view: 'main' }, { kind: 'everybody' });
    if (content === undefined || 'text' in content) continue;
    results.push({
      title: `#${String(state.number)} · ${stateWords(state, desk.rules(), desk.clock())}`,
      text: firstWords(readWhole(knownBy(state, desk.rules()), desk.rules()), 120),
      card: content.card,
    });
    if (results.length >= count) break;
  }
  return results;
}
