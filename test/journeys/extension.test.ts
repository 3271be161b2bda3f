import { expect, test } from 'vitest';
import { openCouncil } from './council.ts';

test('the message extension: a dialog that keeps what was typed, with its times; a search that shows only what one may see', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  const opened = await nadia.invoke('composeExtension/fetchTask', { commandId: 'propose' });
  expect(opened).toContain('Propose a post');
  const send = async (until: string) =>
    await nadia.invoke('composeExtension/submitAction', {
      commandId: 'propose',
      data: { text: 'Liverpool Road is closed.', when: 'tomorrow 9am', until },
    });
  const again = await send('whenever');
  expect(again).toContain('Liverpool Road is closed.');
  expect(again).toContain('I cannot read that time.');
  await expect(council.post(1)).rejects.toThrow('no post');

  expect(await send('Friday 4pm')).toContain('I have put #1 in our own chat.');
  const post = await council.post(1);
  expect(post.revision.text).toBe('Liverpool Road is closed.');
  expect(post.when?.wall).toBe('2026-11-25T09:00');
  expect(post.revision.until?.wall).toBe('2026-11-27T16:00');
  expect(nadia.card(1).text).toContain('Planned for Wed 25 Nov at 9am');

  const { card } = {
    card: await nadia.invoke('composeExtension/fetchTask', {
      commandId: 'propose',
      messagePayload: {
        body: { contentType: 'html', content: '<p>The slides are <b>open</b>.</p><p>Come &amp; see</p>' },
      },
    }),
  };
  expect(card).toContain('The slides are open.\\nCome & see');
  const empty = await nadia.invoke('composeExtension/submitAction', {
    commandId: 'propose',
    data: { text: '' },
  });
  expect(empty).toContain('Please write what the public should read.');
  const twice = { text: 'Moor Lane is shut.', when: 'tomorrow 9am', until: 'tomorrow 8am' };
  const early = await nadia.invoke('composeExtension/submitAction', { commandId: 'propose', data: twice });
  expect(early).toContain('before it goes out');
  const stranger = council.as('martin-sedgwick');
  expect(await stranger.invoke('composeExtension/fetchTask', { commandId: 'propose' })).toContain(
    'You do not write for a department.',
  );
  await expect(council.post(2)).rejects.toThrow('no post');

  const search = async (person: string, text: string) =>
    await council.as(person).invoke('composeExtension/query', {
      commandId: 'search',
      parameters: [{ name: 'text', value: text }],
    });
  expect(await search('ellen-rimmer', 'liverp')).toContain('Liverpool Road is closed.');
  expect(await search('ellen-rimmer', '1')).toContain('#1 · Draft');
  expect(await search('ellen-rimmer', 'nothing')).not.toContain('Liverpool');
  expect(await search('bethan-prys', 'liverpool')).not.toContain('Liverpool');
  // What was taken of the words is said in the dialog as well.
  const headed = await nadia.invoke('composeExtension/submitAction', {
    commandId: 'propose',
    data: { text: 'Urgent: road closed' },
  });
  expect(headed).toContain('I have put #2 in our own chat.');
  expect(headed).toContain('I took \\"Urgent:\\" as said to me');
  expect((await council.audit()).findings).toEqual([]);
});
