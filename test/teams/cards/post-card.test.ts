import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawingOf } from '../../../src/teams/cards/drawing.ts';
import { postCardData } from '../../../src/teams/cards/post-main.ts';
import { postCard } from '../../../src/teams/cards/post-card.ts';
import { remaining } from '../../../src/teams/cards/remaining.ts';
import { difference } from '../../../src/teams/cards/difference.ts';
import { linkAddress } from '../../../src/teams/cards/text.ts';
import type { PostButton } from '../../../src/teams/cards/post-data.ts';
import { freeze } from '../../../src/posts/writing/plan.ts';
import type { PostState } from '../../../src/posts/post.ts';
import type { Revision } from '../../../src/posts/writing/revision.ts';
import type { Finding } from '../../../src/protocol/rule.ts';
import type { NetworkName } from '../../../src/protocol/protocol.ts';
import { buttonsIn } from '../../journeys/card.ts';
import { posts, route } from '../../fixtures/cards/posts.ts';
import { blueskyRules, now, rules } from '../../fixtures/cards/rules.ts';

const dataFor = (post: PostState, person: string) =>
  postCardData(drawingOf(post, { viewer: { kind: 'person', person }, rules, now }, { route }));
const offered = (post: PostState, person: string): readonly string[] =>
  Object.entries(dataFor(post, person).buttons).flatMap(([name, { show }]) => (show ? [name] : []));

test('where the heading of the website is made and cut, whoever writes it and whoever decides reads it', () => {
  const text =
    'Come and see the new sunflower beds of our gardeners in Hesketh Park on Saturday 5 December at noon.';
  const cut =
    'The heading on the website is cut: "Come and see the new sunflower beds of our gardeners in Hesketh Park…". Whoever edits the post can write a shorter one.';
  const of = (post: PostState, change: Partial<Revision>): string => {
    const revision = { ...post.revision, text, accounts: ['website'], headline: '', ...change };
    const { status } = post;
    const frozen =
      status.is === 'in-review' ? { ...status, plan: freeze(revision, 'Highways', rules) } : status;
    const changed = { ...post, revision, status: frozen };
    return JSON.stringify(['nadia-hartley', 'priya-desai'].map((person) => dataFor(changed, person).facts));
  };
  const said = JSON.stringify(cut).slice(1, -1);
  expect(of(posts.draft, {})).toContain(said);
  expect(of(posts.atService, {})).toContain(said);
  expect(of(posts.draft, { headline: 'Sunflowers in Hesketh Park' })).not.toContain('The heading');
  expect(of(posts.draft, { text: 'Guess what is coming to the park…' })).not.toContain('The heading');
});

describe('who sees which buttons', () => {
  const cases: readonly (readonly [PostState, string, readonly PostButton[]])[] = [
    [posts.draft, 'nadia-hartley', ['editFirst', 'send', 'saveAlt', 'schedule', 'moreWhy', 'cancel']],
    [posts.variants, 'nadia-hartley', ['send', 'edit', 'schedule', 'moreWhy', 'cancel']],
    [
      posts.atDesk,
      'ellen-rimmer',
      ['passOn', 'edit', 'sendBack', 'refuse', 'schedule', 'moreWhy', 'moreHold', 'cancel'],
    ],
    [posts.atService, 'priya-desai', ['approve', 'sendBack', 'refuse', 'schedule', 'moreWhy', 'moreHold']],
    [posts.atService, 'martin-sedgwick', ['why']],
    [posts.atService, 'omar-haddad', []],
    [posts.published, 'priya-desai', ['why']],
    [posts.published, 'ellen-rimmer', ['correct', 'remove', 'why']],
    [posts.cancelled, 'nadia-hartley', ['why']],
  ];
  test.each(cases)('%#', (post, person, buttons) => {
    expect(offered(post, person)).toEqual(buttons);
  });

  test('who wrote or last edited it is not offered to approve it', () => {
    expect(offered(posts.atService, 'nadia-hartley')).not.toContain('approve');
    expect(offered(posts.atService, 'ellen-rimmer')).not.toContain('approve');
  });

  test('everybody in a Teams channel can only open it for themselves', () => {
    const data = postCardData(drawingOf(posts.atService, { viewer: { kind: 'everybody' }, rules, now }));
    expect(
      Object.entries(data.buttons)
        .filter(([, { show }]) => show)
        .map(([name]) => name),
    ).toEqual(['open']);
    expect(data.pictures).toEqual([]);
    expect(data.changed.show).toBe(false);
  });
});

describe('which button leads', () => {
  const phone: Finding = {
    rule: 'DAT-5',
    breach: 'block',
    clause: '4.5',
    code: 'phone-number',
    facts: {},
    spots: [],
  };
  const blocked = (post: PostState): PostState => ({ ...post, findings: [...post.findings, phone] });
  const inOrder = (post: PostState, person: string) =>
    buttonsIn(postCard(post, { kind: 'person', person }, rules, now, { route }).card);
  const positive = (post: PostState, person: string) =>
    inOrder(post, person).flatMap(({ title, style }) => (style === 'positive' ? [title] : []));
  const firstOf = (post: PostState, person: string) =>
    inOrder(post, person).find(({ verb, data }) => verb === 'post.send' || data['view'] === 'edit')?.title;

  test.each([
    ['a draft', posts.variants, 'nadia-hartley'],
    ['a draft, to the desk', posts.variants, 'ellen-rimmer'],
    ['what was sent back', posts.sentBack, 'nadia-hartley'],
  ])('%s is sent, and edited first where a rule stops it', (_name, post, person) => {
    expect([firstOf(post, person), positive(post, person)]).toEqual([
      'Send to Communications',
      ['Send to Communications'],
    ]);
    expect([firstOf(blocked(post), person), positive(blocked(post), person)]).toEqual(['Edit', ['Edit']]);
    expect(inOrder(blocked(post), person).map(({ title }) => title)).toContain('Send to Communications');
  });

  test('what the card itself asks is answered there; what it does not ask is edited', () => {
    expect(positive(posts.draft, 'nadia-hartley')).toEqual(['Save these answers']);
    expect(firstOf(posts.draft, 'nadia-hartley')).toBe('Edit');
    expect(positive(posts.video, 'nadia-hartley')).toEqual(['Save these answers']);
    expect(positive(blocked(posts.draft), 'nadia-hartley')).toEqual(['Edit']);
  });

  test('what has no words or goes nowhere yet is edited first', () => {
    const written = (revision: Partial<Revision>): PostState => ({
      ...posts.variants,
      revision: { ...posts.variants.revision, ...revision },
    });
    expect(positive(written({ text: '' }), 'nadia-hartley')).toEqual(['Edit']);
    expect(positive(written({ accounts: [] }), 'nadia-hartley')).toEqual(['Edit']);
  });

  test('what a rule came to stop after it was sent is edited first, by those who may', () => {
    expect(positive(blocked(posts.atDesk), 'ellen-rimmer')).toEqual(['Edit']);
    expect(positive(blocked(posts.atService), 'priya-desai')).toEqual([]);
    expect(positive(posts.atDesk, 'nadia-hartley')).toEqual([]);
  });
});

describe('what is for whom', () => {
  test('a post that an earlier release kept names the officer who changed it, and each text beside the main one', () => {
    const { serviceWrote = posts.atService.revision, revision } = posts.atService;
    const [shown] = revision.media;
    const media = shown === undefined ? [] : [{ ...shown, alt: 'A road sign' }];
    const post: PostState = { ...posts.atService, serviceWrote: { ...serviceWrote, media } };
    const { said, changed } = dataFor(post, 'priya-desai');
    expect(said.lines[0]?.words).toContain('Ellen Rimmer changed it');
    expect(changed.texts.map(({ title }) => title)).toEqual([
      'Ellen Rimmer changed 1 sentence:',
      'Ellen Rimmer changed the heading:',
      'Ellen Rimmer changed the summary:',
      'Ellen Rimmer changed the description of the picture:',
    ]);
    expect(changed.also.show).toBe(false);
    expect(dataFor(posts.atDesk, 'priya-desai').changed.show).toBe(false);
  });

  test('who cannot be reached is named; in a rehearsal the card says where one is them', () => {
    const to = { kind: 'person', person: 'ellen-rimmer' } as const;
    const post: PostState = {
      ...posts.atDesk,
      copies: [{ key: 'person:ellen-rimmer', to, shown: 0, unreachable: true }],
    };
    const said = (playedAt?: string): string =>
      JSON.stringify(
        postCardData(
          drawingOf(
            post,
            { viewer: { kind: 'person', person: 'nadia-hartley' }, rules, now },
            playedAt === undefined ? {} : { playedAt },
          ),
        ).next,
      );
    expect(said()).toContain('Could not be reached in person: Ellen Rimmer.');
    const rehearsed = said('http://127.0.0.1:3978/rehearsal');
    expect(rehearsed).toContain('In this rehearsal you play Ellen Rimmer too.');
    expect(rehearsed).toContain('[Go on there as somebody else](http://127.0.0.1:3978/rehearsal)');
    expect(rehearsed).not.toContain('reached');
  });

  test('its author sees how a draft would look, and that nothing of it is frozen yet; nobody sees it of what is over', () => {
    const lookUrl = (post: string, plan: string, account: string) => [post, plan, account].join('|');
    const looks = (post: PostState, person: string) =>
      postCardData(drawingOf(post, { viewer: { kind: 'person', person }, rules, now }, { route, lookUrl }))
        .looks;
    const draft = looks(posts.thread, 'nadia-hartley');
    const hash = freeze(posts.thread.revision, 'Highways', rules).hash;
    expect(draft.note).toBe('If you sent it now, it would look like this.');
    expect(draft.items.map(({ url }) => url)).toEqual(
      ['x-main', 'facebook-main', 'website'].map((account) => `${posts.thread.id}|${hash}|${account}`),
    );
    expect(looks(posts.atDesk, 'ellen-rimmer')).toMatchObject({ show: true, note: '' });
    expect(looks(posts.thread, 'omar-haddad').show).toBe(false);
    expect(looks(posts.cancelled, 'nadia-hartley').show).toBe(false);
  });

  test('a post that is quoted is named for X alone, also to those who cannot see its look, and takes the place of a link’s card', () => {
    const quote = 'https://x.com/MerseyFire/status/1789';
    const revision = { ...posts.linked.revision, quote };
    const card = postCardData(
      drawingOf(
        { ...posts.linked, revision },
        { viewer: { kind: 'person', person: 'nadia-hartley' }, rules: blueskyRules, now },
        { route, lookUrl: (_post, _plan, account) => account },
      ),
    );
    const facts = card.facts.lines.map(({ words }) => words);
    expect(facts).toContain(
      `Quotes ${quote} on X; on Facebook, the website and Bluesky it stands without that post`,
    );
    expect(facts).toContain(
      'The link is shown as a card on Facebook and Bluesky: "Help when your water is off"',
    );
    const telling = card.looks.items.filter(({ altText }) => altText.endsWith(` Quotes: ${quote}`));
    expect(telling.map(({ url }) => url)).toEqual(['x-main']);
  });

  test('where a link has no card that we would have to bring, the author reads why', () => {
    const facts = (pages: Revision['pages'], mediaFrom: readonly string[]) => {
      const { pages: _known, ...bare } = posts.linked.revision;
      const revision = { ...bare, ...(pages === undefined ? {} : { pages }) };
      const viewer = { kind: 'person', person: 'nadia-hartley' } as const;
      return postCardData(
        drawingOf({ ...posts.linked, revision }, { viewer, rules: { ...blueskyRules, mediaFrom }, now }),
      )
        .facts.lines.map(({ words }) => words)
        .filter((words) => words.includes('link'));
    };
    const link = 'https://sefton.example/water';
    const theirs = 'The link is shown as a card on X and Facebook';
    expect(facts(posts.linked.revision.pages, [])).toEqual([
      'The link is shown as a card on X, Facebook and Bluesky: "Help when your water is off"',
    ]);
    expect(facts({ [link]: { is: 'unread' } }, ['sefton.example'])).toEqual([
      theirs,
      'On Bluesky the link goes out without a card: I could not read its page. Press Edit and save, and I try again',
    ]);
    expect(facts(undefined, [])).toEqual([
      theirs,
      'On Bluesky the link goes out without a card: I may not read pages on sefton.example',
    ]);
  });

  test('style warnings go to author and desk, not to the service’s approver', () => {
    const post: PostState = {
      ...posts.atService,
      findings: posts.draft.findings.filter(({ breach }) => breach === 'warn'),
    };
    expect(dataFor(post, 'nadia-hartley').worth.show).toBe(true);
    expect(dataFor(post, 'ellen-rimmer').worth.show).toBe(true);
    expect(dataFor(post, 'priya-desai').worth.show).toBe(false);
  });

  test('the confirmation is asked of those who decide, where the protocol has POL-1', () => {
    expect(dataFor(posts.atService, 'priya-desai').confirm.show).toBe(true);
    expect(dataFor(posts.atDesk, 'ellen-rimmer').confirm.show).toBe(false);
    const without = postCardData(
      drawingOf(posts.atService, {
        viewer: { kind: 'person', person: 'priya-desai' },
        rules: { ...rules, rules: {} },
        now,
      }),
    );
    expect(without.confirm.show).toBe(false);
  });

  test('a press on the card names what was shown', () => {
    const { press } = dataFor(posts.atService, 'priya-desai');
    expect(press).toMatchObject({
      post: posts.atService.id,
      turn: 2,
      revision: 2,
      stage: 'service',
      review: 'review-1',
    });
    expect(press.hash).toHaveLength(43);
  });
});

describe('before it is public', () => {
  test('somebody of another service sees where it stands and none of its words', () => {
    const { card } = postCard(posts.atService, { kind: 'person', person: 'omar-haddad' }, rules, now, {
      mediaUrl: (hash) => `https://crier.example/${hash}`,
    });
    expect(JSON.stringify(card)).toContain('Waiting for: Highways approvers');
    expect(JSON.stringify(card)).not.toMatch(/Liverpool Road|Closed road sign|crier\.example/u);
  });
});

describe('refresh', () => {
  const everybody = { kind: 'everybody' } as const;
  test('names 60 people at most, and only in a Teams channel', () => {
    const refreshFor = Array.from({ length: 80 }, (_, n) => `29:${String(n)}`);
    const channel = postCard(posts.atService, everybody, rules, now, { refreshFor });
    expect(channel.card['refresh']).toMatchObject({ userIds: refreshFor.slice(0, 60) });
    const personal = postCard(posts.atService, { kind: 'person', person: 'priya-desai' }, rules, now, {
      refreshFor,
    });
    expect(personal.card['refresh']).toBeUndefined();
  });
});

describe('what the desk changed', () => {
  test('is shown word by word', () => {
    const changed = difference('while we undertake repair of a burst main.', 'while we mend a burst main.');
    expect(changed?.sentences).toBe(1);
    expect(
      changed?.paragraphs[0]?.runs.map(
        ({ text, struck, added }) => `${struck ? '-' : added ? '+' : ''}${text.trim()}`,
      ),
    ).toEqual(['while we', '-undertake repair of', '+mend', 'a burst main.']);
  });

  test('the new words are all there, whatever was changed', () => {
    const words = fc.array(fc.constantFrom('road', 'closed', 'at', 'noon.', '\n', ' ', '!', 'Bootle'), {
      maxLength: 8,
    });
    const text = words.map((all) => all.join(' '));
    fc.assert(
      fc.property(text, text, (before, after) => {
        fc.pre(before !== after && after.length < 60);
        const drawn = difference(before, after)
          ?.paragraphs.map(({ runs }) =>
            runs
              .filter(({ struck }) => !struck)
              .map((run) => run.text)
              .join(''),
          )
          .join('\n');
        const plain = (all: string | undefined) => (all ?? '').replace(/\s+/gu, '');
        expect(plain(drawn)).toBe(plain(after));
      }),
      // nothing but a blank line taken out
      { examples: [['\n noon. noon.', 'noon. noon.']] },
    );
  });
});

describe('links', () => {
  test('only http and https, and nothing that ends the link early', () => {
    expect(linkAddress('javascript:alert(1)')).toBeUndefined();
    expect(linkAddress('said-by-a-person')).toBeUndefined();
    expect(linkAddress('https://a.example/x) [evil](https://b.example')).not.toMatch(/[()[\]]/u);
  });
});

describe('what is left of a text', () => {
  const of = (text: string, network: NetworkName) => ({
    account: 'one',
    network,
    text,
    parts: [text],
    tagged: 0,
  });

  test('is by the network’s own count and the protocol’s limit', () => {
    expect(remaining(of('Road closed 👏', 'x'), rules)).toBe(280 - 14);
    const shorter = {
      ...rules,
      rules: { LEN: { id: 'LEN', breach: 'block', clause: '4.9', settings: { x: 100 } } },
    } as const;
    expect(remaining(of('a'.repeat(120), 'x'), shorter)).toBe(-20);
    expect(remaining(of('Road closed', 'website'), rules)).toBeUndefined();
  });

  test('is not said where nobody is near the limit', () => {
    expect(remaining(of('Road closed', 'facebook'), rules)).toBeUndefined();
    expect(remaining(of('a'.repeat(63_000), 'facebook'), rules)).toBe(206);
  });
});

test('says where a link becomes a card: on networks that draw one, below a post without pictures', () => {
  const said = (revision: Partial<PostState['revision']>): string => {
    const post = { ...posts.thread, revision: { ...posts.thread.revision, ...revision } };
    return JSON.stringify(postCard(post, { kind: 'person', person: 'nadia-hartley' }, rules, now).card);
  };
  const words = 'The link is shown as a card on X and Facebook';
  expect(said({ media: [] })).toContain(words);
  expect(said({})).not.toContain(words);
  expect(said({ media: [], text: 'The road is closed.' })).not.toContain('shown as a card');
});
