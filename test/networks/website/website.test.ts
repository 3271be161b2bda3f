import { crier } from '../../../src/core/context.ts';
import { describe, expect, test } from 'vitest';
import { correctPage, pageKind } from '../../../src/networks/website/page.ts';
import { keyOf, morning, openSite, part, publicUrl } from '../../web/site.ts';

const signal = new AbortController().signal;
const remote = { remoteId: 'pub-142', url: `${publicUrl}/news/142` };

describe('the website as a network', () => {
  test('publishes the same once, however often and however late', async () => {
    await using site = await openSite();
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => site.publish(142)));
    site.at(morning + 60_000);
    outcomes.push(await site.publish(142));
    for (const outcome of outcomes) expect(outcome).toEqual({ outcome: 'published', remote });
    const { pages } = await site.pages.slice('newest', 20);
    expect(pages.map((page) => [page.address, page.publishedAt])).toEqual([['142', morning]]);
    const kept = await site.executor.store.get('page', 'pub-142');
    expect(kept?.body).toMatchObject({ audit: { length: 1 } });
  });

  test('does not put other words in the place of what stands', async () => {
    await using site = await openSite();
    await site.publish(142);
    expect(await site.publish(142, { text: 'Something else.' })).toEqual({
      outcome: 'refused',
      reason: 'page-differs',
    });
  });

  test('always finds what is there, and says so when nothing is', async () => {
    await using site = await openSite();
    const find = () => site.network.find(part(), keyOf(142), morning, signal);
    expect(await find()).toEqual({ found: false });
    await site.publish(142);
    expect(await find()).toEqual({ found: true, remotes: [{ ...remote, at: morning }] });
    await site.network.remove(remote, keyOf(142), signal);
    expect(await find()).toEqual({ found: false });
  });

  test('a removed page is gone for good, its words too, and a late repeat does not bring it back', async () => {
    await using site = await openSite();
    await site.publish(142);
    site.at(morning + 1000);
    const removed = await site.network.remove(remote, keyOf(142), signal);
    expect(removed).toMatchObject({ outcome: 'published' });
    expect(await site.network.remove(remote, keyOf(142), signal)).toEqual(removed);
    expect(await site.publish(142)).toEqual({ outcome: 'refused', reason: 'page-removed' });
    const left = await site.pages.get('pub-142');
    expect(left).toEqual({
      is: 'removed',
      number: 142,
      publishedAt: morning,
      removedAt: morning + 1000,
      lastHash: left?.is === 'removed' ? left.lastHash : 'none',
    });
    expect(left).toHaveProperty('lastHash', expect.stringMatching(/^[A-Za-z0-9_-]{43}$/));
    const kept = JSON.stringify(await site.executor.store.get('page', 'pub-142'));
    expect(kept).not.toMatch(/liverpool|crosby|A565/i);
  });

  test('taking down what never stood there needs nothing', async () => {
    await using site = await openSite();
    expect(await site.network.remove(remote, keyOf(142), signal)).toEqual({ outcome: 'published', remote });
  });

  test('corrects once, keeps the address, and knows a late repeat of the first publishing', async () => {
    await using site = await openSite();
    await site.publish(142);
    site.at(morning + 1000);
    const correct = () =>
      site.network.edit?.(remote, part({ headline: 'Moor Lane closed' }), keyOf(142), 'Wrong road.', signal);
    expect(await correct()).toEqual({ outcome: 'published', remote });
    expect(await correct()).toEqual({ outcome: 'published', remote });
    expect(await site.publish(142)).toEqual({ outcome: 'published', remote });
    expect(await site.pages.get('pub-142')).toMatchObject({
      headline: 'Moor Lane closed',
      address: '142',
      corrections: [{ at: morning + 1000, what: 'Wrong road.' }],
    });
  });

  test('does not correct what is not there', async () => {
    await using site = await openSite();
    const outcome = await site.network.edit?.(remote, part(), keyOf(142), 'Wrong road.', signal);
    expect(outcome).toEqual({ outcome: 'refused', reason: 'page-missing' });
  });

  test('begins nothing when it is out of time', async () => {
    await using site = await openSite();
    const outcome = await site.network.publish(part(), keyOf(142), AbortSignal.abort());
    expect(outcome).toMatchObject({ outcome: 'retry' });
    expect(await site.pages.get('pub-142')).toBeUndefined();
  });

  test('two accounts of one post stand at two addresses', async () => {
    await using site = await openSite();
    await site.publish(142);
    const second = { ...keyOf(142), id: 'pub-142-second' };
    const outcome = await site.network.publish(
      part({ account: 'libraries-site', text: 'Second.' }),
      second,
      signal,
    );
    expect(outcome).toMatchObject({ remote: { url: `${publicUrl}/news/142-2` } });
    expect(await site.pages.find('142-2')).toMatchObject({ text: 'Second.' });
    expect(await site.pages.find('142')).toMatchObject({ text: part().text });
  });

  test('makes a headline of the text when it was given none, as long as the one that is approved', async () => {
    await using site = await openSite();
    await site.publish(1, { headline: '', text: 'The library is closed today. Sorry.' });
    await site.publish(2, { headline: ' ', text: `${'very '.repeat(30)}long` });
    await site.publish(3, { headline: '', text: '' });
    const { pages } = await site.pages.slice('newest', 3);
    const headlines = pages.map((page) => page.headline);
    expect(headlines).toContain('The library is closed today');
    expect(headlines).toContain('News');
    expect(headlines.every((headline) => headline.length <= 70)).toBe(true);
  });
});

test('the address of a page has no words in it, which a correction could not put right', async () => {
  await using site = await openSite();
  const outcome = await site.publish(7, { headline: 'The A565 at Formby is closed' });
  expect(outcome).toMatchObject({ outcome: 'published', remote: { url: `${publicUrl}/news/7` } });
});

test('a page that an earlier release put up keeps its address, also when it is corrected', () => {
  const content = { headline: 'Moor Lane closed', summary: '', text: 'Closed.', from: 'Highways', media: [] };
  const earlier = {
    ...content,
    is: 'live' as const,
    number: 7,
    address: '7-the-a565-at-formby-is-closed',
    publishedAt: morning,
    firstHash: 'h',
    corrections: [],
  };
  const corrected = correctPage.decide(
    earlier,
    { ...content, what: 'It is Ainsdale.' },
    { now: morning + 1, id: 'pub-7', actor: crier, protocol: undefined, newId: () => '' },
  );
  expect(corrected).toMatchObject({ state: { address: earlier.address } });
});

test('a page of another form is a fault, not a page', () => {
  expect(() => pageKind.parse({ is: 'live', headline: 'x' }, 1)).toThrow('number');
});
