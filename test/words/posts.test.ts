import { describe, expect, test } from 'vitest';
import { days, minutes } from '../../src/core/time.ts';
import { awaitedForCorrection, awaitedWords, buttonWords, pleaseDecide } from '../../src/words/asked.ts';
import { routeWords } from '../../src/words/route.ts';
import type { DeskRules, PostState } from '../../src/posts/post.ts';
import { tellWords } from '../../src/words/told.ts';
import { stateWords } from '../../src/words/state.ts';
import { publicationWords } from '../../src/words/publications.ts';
import { dayOnCard } from '../../src/words/story.ts';
import { saidLast } from '../../src/words/steps.ts';
import { friday, posts, pressedBy, route, sent, type PostName } from '../fixtures/cards/posts.ts';
import { filmRules, now, rules } from '../fixtures/cards/rules.ts';

describe('where a post stands', () => {
  const said: Readonly<Record<PostName, string>> = {
    draft: 'Draft',
    video: 'Draft',
    withoutDepartment: 'Draft. Which department is it for?',
    variants: 'Draft',
    thread: 'Draft',
    linked: 'Draft',
    atDesk: 'Waiting for: Communications',
    atService: 'Waiting for: Highways approvers',
    sentBack: 'Sent back by Priya Desai',
    approved: 'Approved',
    scheduled: 'Approved, goes out on Fri 27 Nov at 9am',
    publishing: 'Published on 1 of 3. The rest is on its way',
    published: 'Published on Tue 24 Nov at 9:45am · ends at 4pm',
    filmPublished: 'Published on Tue 24 Nov at 9:45am · ends at 4pm',
    partlyPublished: 'Published on 2 of 3',
    makerGone: 'Waits for Communications',
    askedByHand: 'Published on 1 of 2. The rest is posted by hand · ends on Tue 24 Nov at 4pm',
    postedByHand: 'Published on Tue 24 Nov at 9:36am · ends at 4pm',
    takenDownByHand: 'Being taken down: still on Nextdoor Sefton',
    postedAgain: 'Published on 2 of 3',
    failed: 'Could not be published',
    notToBePublished: 'Not to be published',
    cancelled: 'Cancelled',
    expired: 'Nobody decided in time',
    held: 'Held by Joseph Adeyemi',
    takenDown: 'Taken down',
    correctionWaits: 'Published on Tue 24 Nov at 9:15am · ends at 4pm · a correction waits',
  };
  test.each(Object.entries(said))('%s', (name, words) => {
    const post = Object.entries(posts).find(([key]) => key === name)?.[1];
    expect(post && stateWords(post, rules, now)).toBe(words);
  });
});

describe('who is next', () => {
  test('a draft names the way ahead', () => {
    expect(routeWords(route, ['nadia-hartley'], rules)).toBe(
      'Communications, then one of 3 Highways approvers',
    );
  });

  test('whoever wrote it does not count among those who can approve', () => {
    expect(routeWords(route.slice(1), ['tom-ashcroft', 'priya-desai'], rules)).toBe(
      'Gareth Molyneux (Highways approvers)',
    );
  });

  test('whoever may agree to a correction is called as the protocol of now has it, whatever was stored', () => {
    const { correction } = posts.correctionWaits;
    if (correction === undefined) throw new Error('no correction waits');
    const { highways } = rules.departments;
    if (highways === undefined) throw new Error('no such department');
    const people = correction.review.stages.flatMap((stage) => stage.people);
    const away = Object.fromEntries(people.map((person) => [person, friday.at]));
    const named = { ...rules, departments: { highways: { ...highways, short: 'Roads' } }, away };
    const nobody = (name: string, of: DeskRules = named) => {
      const stages = correction.review.stages.map((stage) => ({ ...stage, name }));
      return awaitedForCorrection(posts.correctionWaits, { ...correction.review, stages }, of, now)[0];
    };
    const said = 'Nobody of Roads approvers or Communications is here to decide. Claire Whitworth knows.';
    expect(nobody('correction')).toBe(said);
    expect(nobody('Highways approvers or Communications')).toBe(said);
    expect(nobody('correction', { ...named, departments: {} })).toBe(
      'Nobody of Communications is here to decide. Claire Whitworth knows.',
    );
  });

  test('those who are awaited are named, without who is away', () => {
    const { status } = posts.atService;
    if (status.is !== 'in-review') throw new Error('the fixture is not in review');
    expect(awaitedWords(posts.atService, status.review, rules, now)).toEqual([
      'Waiting for Tom Ashcroft or Priya Desai (Highways approvers), by Tue 24 Nov at 11:44am.',
      'Away until Fri 27 Nov at 9am: Gareth Molyneux.',
    ]);
  });

  test('a clock stands alone only where the card has named one day', () => {
    const { status } = posts.published;
    if (status.is !== 'published') throw new Error('the fixture is not published');
    const day = (post: PostState, headed?: 'folded' | 'headed') =>
      dayOnCard(
        post,
        headed === undefined ? 'whole' : { headed: headed === 'headed' ? status.at : undefined },
        rules,
        now,
      );
    expect(day(posts.published)).toBe(saidLast(posts.published));
    const later = { ...posts.published, status: { ...status, at: status.at + days(1) } };
    expect(day(later)).toBeUndefined();
    const takenDown = { ...status, is: 'taken-down', by: 'ellen-rimmer', takenDownAt: status.at } as const;
    expect(day({ ...posts.published, status: takenDown })).toBe(saidLast(posts.published));
    const next = { ...takenDown, takenDownAt: status.at + days(1) };
    expect(day({ ...posts.published, status: next })).toBeUndefined();
    // What stands behind a press has named nothing yet.
    expect(day(posts.published, 'folded')).toBeUndefined();
    expect(day(posts.published, 'headed')).toBe(status.at);
  });

  test('when everybody is away, the desk is said to know', () => {
    const { status } = posts.atService;
    if (status.is !== 'in-review') throw new Error('the fixture is not in review');
    const away = { 'tom-ashcroft': now + 1, 'priya-desai': now + 1, 'gareth-molyneux': now + 1 };
    const [first] = awaitedWords(posts.atService, status.review, { ...rules, away }, now);
    expect(first).toBe('Nobody of Highways approvers is here to decide. Communications knows.');
  });

  test('a deadline that has passed is said as one', () => {
    expect(pleaseDecide(posts.atService, now)).toBe('Please decide by Tue 24 Nov at 11:44am');
    expect(pleaseDecide(posts.atService, now + minutes(180))).toBe(
      'Please decide now: it was due on Tue 24 Nov at 11:44am',
    );
  });
});

describe('a message that points at a card', () => {
  test('says what is asked for and where, and when it is due', () => {
    expect(tellWords(posts.askedByHand, 'by-hand', 'ellen-rimmer', rules, now)).toBe(
      '#142 (Highways): please post it on Nextdoor Sefton by hand. Type "show 142" to see the card.',
    );
    expect(tellWords(posts.takenDownByHand, 'by-hand', 'ellen-rimmer', rules, now)).toContain(
      'please take it down on Nextdoor Sefton by hand.',
    );
    expect(tellWords(posts.atService, 'reminder', 'priya-desai', rules, now)).toBe(
      '#142 (Highways) still waits for you. It is due by Tue 24 Nov at 11:44am. Type "show 142" to see it.',
    );
  });
});

describe('buttons say what happens', () => {
  test('who gets it next', () => {
    expect(buttonWords.send(route)).toBe('Send to Communications');
    expect(buttonWords.passOn(posts.atService, sent(), rules, false)).toBe('Pass on to Highways approvers');
  });

  test('when it goes out', () => {
    const last = pressedBy(sent(), 'ellen-rimmer', 'desk', now);
    expect(buttonWords.approve(posts.atService, last, rules, now, false)).toBe('Approve: goes out now');
    expect(buttonWords.approve({ ...posts.atService, when: friday }, last, rules, now, false)).toBe(
      'Approve: goes out on Fri 27 Nov at 9am',
    );
    expect(buttonWords.approve(posts.held, last, rules, now, false)).toBe('Release: goes out now');
    const youtube = {
      title: '',
      madeForKids: false,
      privacy: 'public',
      playlist: '',
      shownAt: friday,
    } as const;
    const film = (accounts: readonly string[]) => ({
      ...posts.atService,
      revision: { ...posts.atService.revision, accounts, youtube },
    });
    expect(buttonWords.approve(film(['youtube-main', 'website']), last, filmRules, now, false)).toBe(
      'Approve: goes out now',
    );
    expect(buttonWords.approve(film(['youtube-main']), last, filmRules, now, false)).toBe(
      'Approve: goes out on Fri 27 Nov at 9am',
    );
  });

  test('that others are needed too, and who follows', () => {
    const first = pressedBy(sent(), 'ellen-rimmer', 'desk', now);
    const [desk, service] = first.stages;
    if (desk === undefined || service === undefined) throw new Error('the fixture has two stages');
    const two = { ...first, stages: [desk, { ...service, need: 2 }] };
    expect(buttonWords.approve(posts.atService, two, rules, now, false)).toBe('Approve: one more is needed');
    const three = { ...first, stages: [desk, { ...service, need: 3 }] };
    expect(buttonWords.approve(posts.atService, three, rules, now, false)).toBe(
      'Approve: two more are needed',
    );
    const more = {
      ...first,
      stages: [desk, service, { ...service, id: 'monitoring', name: 'the Monitoring Officer' }],
    };
    expect(buttonWords.approve(posts.atService, more, rules, now, false)).toBe(
      'Approve: passes to the Monitoring Officer',
    );
  });
});

describe('why an account did not take it', () => {
  test('is said in words, and a code that has none is not shown', () => {
    const failed = (reason: string) => publicationWords({ is: 'failed', reason, at: now }, 'edit', now);
    expect(failed('not-connected')).toBe(
      'not published: the account is not connected yet. Ask whoever runs Crier to connect it, then press "Try again".',
    );
    expect(failed('status-418')).toMatch(/^not published: the network would not take it\. /u);
    expect(failed('constructor')).toBe(failed('status-418'));
  });

  test('and what waits says why, and that nobody need do anything', () => {
    const waits = (lastReason: string) =>
      publicationWords({ is: 'queued', tries: 1, lastReason }, 'edit', now);
    expect(waits('not-reached')).toBe(
      'did not go through yet: the network could not be reached. It will be tried again by itself',
    );
    expect(waits('again')).toBe('did not go through yet. It will be tried again by itself');
  });
});
