import { days, hours } from '../../src/core/time.ts';
import type { PostState } from '../../src/posts/post.ts';
import type { Protocol } from '../../src/protocol/protocol.ts';
import { typedCommands } from '../../src/teams/typed/index.ts';
import { correctionReply } from '../../src/words/corrections.ts';
import { activities, fill, planned, pressData, shape, texts, type Filling } from './filled.ts';

/** A council's store after years, or in its first week, and the turns that people then take in it. */

/** One turn: what is typed or pressed, and the activity of each repetition. */
export interface TurnKind {
  readonly name: string;
  readonly bodies: readonly Buffer[];
}

/** So many times each turn is taken on a post of its own, where it changes one. */
export const repetitions = 12;

/**
 * Fills a folder with so many posts: a tenth of them open, up to 500 waiting for one approver, up to 2,000 on the
 * calendar of the weeks to come, one with 200 revisions, the others published long ago.
 * @returns every typed command and button, each on posts of its own beside these
 */
export async function grown(
  folder: string,
  protocol: Protocol,
  serviceUrl: string,
  total: number,
): Promise<readonly TurnKind[]> {
  const filling = await fill(folder, protocol, serviceUrl);
  const now = Date.now();
  const open = total / 10;
  const waiting = Math.min(500, open / 2);
  const onCalendar = Math.min(2_000, total / 5);
  const share = (of: number): number => Math.ceil(of / texts.length);
  for (const [at, text] of texts.entries()) {
    // One after the other: each text's posts are copies of one that our own decisions brought there.
    const reviewed = await filling.allShown(await filling.inReview(text));
    await filling.copies(reviewed, share(waiting));
    const draft = await filling.allShown(await filling.propose(text));
    await filling.copies(draft, share(open - waiting));
    const scheduled = await approved(filling, await filling.inReview(text, planned(at * 3 + 1)));
    await filling.copies(await filling.allShown(scheduled), share(onCalendar));
    const out = await filling.allShown(await published(filling, text));
    const oldest = now - days(2);
    await filling.copies(out, share(total - open - onCalendar), (document, n) => {
      const then = oldest - n * hours(1) - at * 1_000;
      return { ...document, index: { ...document.index, changedAt: then, goesOut: then } };
    });
  }
  const revised = await manyRevisions(filling, 200);
  const turns = await turnsOn(filling, serviceUrl, revised);
  await filling.close();
  return turns;
}

async function approved(filling: Filling, post: PostState): Promise<PostState> {
  const { post: _post, turn: _turn, revision: _revision, ...bound } = pressData(post);
  return await filling.act(shape.lead, 'post.approve', post.id, { ...bound, confirm: true });
}

async function published(filling: Filling, text: string): Promise<PostState> {
  let post = await approved(filling, await filling.inReview(text));
  if (post.status.is !== 'approved') throw new Error('an approved post is not approved');
  for (const { key } of post.status.plan.parts) {
    const attempt = `bench-${post.id}-${key}`;
    await filling.act('crier', 'post.begin', post.id, { part: key, attempt });
    const remote = {
      remoteId: `bench-${post.id}-${key}`,
      url: `https://news.example/${String(post.number)}`,
    };
    post = await filling.act('crier', 'post.settle', post.id, {
      part: key,
      attempt,
      answer: { answer: 'published', remote },
    });
  }
  // What our own accounts would still be asked to send is sent already.
  await filling.executor.amend('post', post.id, (draft) => {
    const effects = draft.waiting.effects.filter(({ key }) => !key.startsWith('publish:'));
    draft.await({ ...draft.waiting, effects });
  });
  return post;
}

async function manyRevisions(filling: Filling, count: number): Promise<PostState> {
  let post = await filling.propose(texts[0] ?? '');
  for (let n = 1; n < count; n += 1) {
    const { text, variants, accounts, headline, summary, media, urgency, flags, campaign } = post.revision;
    post = await filling.act(shape.author, 'post.revise', post.id, {
      text: `${text} Version ${String(n)}.`.slice(-250),
      variants,
      accounts,
      headline,
      summary,
      media,
      urgency,
      flags,
      campaign,
      from: post.revision.n,
    });
  }
  return await filling.allShown(post);
}

/** Every typed command, every button of a card and searches; a button that a post does not offer now is refused kindly. */
async function turnsOn(
  filling: Filling,
  serviceUrl: string,
  revised: PostState,
): Promise<readonly TurnKind[]> {
  const { message, press, search } = activities(serviceUrl);
  const [text = ''] = texts;
  const some = async (post: PostState): Promise<readonly PostState[]> => {
    const ids = await filling.copies(post, repetitions);
    return ids.map((id, n) => ({ ...post, id, number: firstNumber + n }));
  };
  let firstNumber = 0;
  const fresh = async (make: () => Promise<PostState>): Promise<readonly PostState[]> => {
    const post = await filling.allShown(await make());
    firstNumber = post.number + 1;
    return await some(post);
  };
  const draft = async () => await fresh(async () => await filling.propose(text));
  const withDesk = async () =>
    await fresh(async () => {
      const post = await filling.propose(text);
      return await filling.act(shape.author, 'post.send', post.id, {});
    });
  const reviewed = async () => await fresh(async () => await filling.inReview(text));
  const planned7 = async () =>
    await fresh(async () => await approved(filling, await filling.inReview(text, planned(7))));
  const out = async () => await fresh(async () => await published(filling, text));
  const correcting = async () =>
    await fresh(async () => {
      const post = await published(filling, text);
      const what = 'A word was missing.';
      const params = {
        text: `${text} Corrected.`,
        what,
        reply: correctionReply(what),
        from: post.revision.n,
      };
      return await filling.act(shape.author, 'post.correct', post.id, params);
    });

  const turns: TurnKind[] = [];
  const again = (make: (n: number) => Buffer): readonly Buffer[] =>
    Array.from({ length: repetitions }, (_, n) => make(n));
  const types = (name: string, person: string, words: string): void => {
    turns.push({ name: `typed ${name}`, bodies: again(() => message(person, words)) });
  };
  const typesOf = async (
    name: string,
    person: string,
    posts: Promise<readonly PostState[]>,
    after = '',
  ): Promise<void> => {
    const bodies = (await posts).map(({ number }) => message(person, `${name} ${String(number)} ${after}`));
    turns.push({ name: `typed ${name}`, bodies });
  };
  const presses = async (
    verb: string,
    person: string,
    posts: Promise<readonly PostState[]>,
    inputs: Readonly<Record<string, unknown>> = {},
    name = verb,
  ): Promise<void> => {
    const bodies = (await posts).map((post) => press(person, verb, { ...pressData(post), ...inputs }));
    turns.push({ name: `button ${name}`, bodies });
  };

  turns.push({
    name: 'typed propose',
    bodies: again((n) => message(shape.author, `propose ${texts[n % texts.length] ?? ''}`)),
  });
  for (const name of ['posts', 'waiting', 'calendar', 'people', 'help'] as const)
    types(name, shape.lead, name);
  types('posts (desk)', shape.desk, 'posts');
  types('accounts', shape.lead, 'accounts');
  // Each asks first, and counts what it would hold; what follows a yes holds every open post.
  types('pause', shape.desk, 'pause routine');
  types('stop', shape.desk, 'stop everything');
  types('resume', shape.desk, 'resume');
  types('away', shape.author, 'away until Friday');
  types('sign-in', shape.desk, 'sign-in of Tom Ashcroft');
  types('use', shape.lead, 'use this channel for approvals of Highways');
  types('stop-using', shape.lead, 'stop using this channel');
  await typesOf('show', shape.lead, reviewed());
  await typesOf('why', shape.lead, reviewed());
  await typesOf('where', shape.lead, reviewed());
  await typesOf('captions', shape.author, draft());
  await typesOf('picture', shape.author, draft());
  await typesOf('edit', shape.author, draft());
  await typesOf('cancel', shape.author, draft());
  await typesOf('schedule', shape.author, draft(), 'tomorrow 9am');
  await typesOf('hold', shape.lead, reviewed());
  await typesOf('correct', shape.author, out());
  await typesOf('remove', shape.desk, out());
  types('show (200 revisions)', shape.author, `show ${String(revised.number)}`);

  for (const view of ['main', 'edit', 'why', 'schedule', 'correct']) {
    await presses(
      'view.open',
      shape.author,
      view === 'correct' ? out() : draft(),
      { view },
      `view.open ${view}`,
    );
  }
  await presses('post.choose-department', shape.author, draft(), { department: shape.department });
  await presses('post.revise', shape.author, draft(), { text: `${text} Said better.`, when: '', until: '' });
  await presses('post.send', shape.author, draft());
  await presses('post.pass-on', shape.desk, withDesk());
  await presses('post.approve', shape.lead, reviewed(), { confirm: 'true' });
  await presses('post.send-back', shape.lead, reviewed(), { note: 'Please say until when.' });
  await presses('post.refuse', shape.lead, reviewed(), { note: 'This was said already.' });
  await presses('post.cancel', shape.author, draft());
  await presses('post.hold', shape.lead, planned7());
  await presses('post.remove', shape.desk, out());
  await presses('post.schedule', shape.author, draft(), { when: 'tomorrow 9am' });
  await presses('post.correct', shape.author, out(), {
    text: `${text} Corrected.`,
    what: 'A word was missing.',
  });
  await presses('post.approve-correction', shape.lead, correcting(), { confirm: 'true' });
  await presses('post.refuse-correction', shape.lead, correcting(), { note: 'It was right.' });
  await presses('post.answer', shape.desk, out(), { part: 'news.0', word: 'it-is-there' });
  for (const list of ['posts', 'waiting', 'calendar']) {
    turns.push({
      name: `button list.open ${list}`,
      bodies: again(() => press(shape.lead, 'list.open', { of: list })),
    });
  }
  turns.push({
    name: 'button command.run',
    bodies: again(() => press(shape.lead, 'command.run', { words: 'waiting' })),
  });

  // What many posts hold, what none does, and whatever there is: as many of each are found in a small store.
  for (const text of ['road', 'liverpool coronation', 'balloon', ''])
    for (const [of, person] of [
      ['', shape.lead],
      [' (desk)', shape.desk],
    ] as const)
      turns.push({ name: `search "${text}"${of}`, bodies: again(() => search(person, text)) });
  turns.push({ name: 'search, second page', bodies: again(() => search(shape.lead, 'moor lane', 25)) });

  const missing = typedCommands.find(
    ({ name }) => !turns.some((turn) => turn.name.startsWith(`typed ${name}`)),
  );
  if (missing !== undefined) throw new Error(`no turn types ${missing.name}`);
  return turns;
}
