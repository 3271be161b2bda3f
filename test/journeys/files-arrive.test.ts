import { createServer, type Server, type ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { plainPhoto } from '../media/drawn-pictures.ts';
import { minutes } from '../../src/core/time.ts';
import { personDocument } from '../../src/people/person.ts';
import { openCouncil, type Council } from './council.ts';
import { ended, listening } from '../peers/listening.ts';

type Answer = (response: ServerResponse) => void;

/** Teams that gives a file as it is told to, one answer after the other; the last one goes on. */
async function teamsWithFile(council: Council, ...answers: readonly [Answer, ...Answer[]]) {
  const { handle } = council.connector;
  let asked = 0;
  const server: Server = createServer((request, response) => {
    if (request.url !== '/film.jpg') return handle(request, response);
    const answer = answers[Math.min(asked, answers.length - 1)];
    asked += 1;
    answer?.(response);
  });
  const { url: serviceUrl } = await listening(server);
  return {
    serviceUrl,
    attachments: [{ contentType: 'image/jpeg', contentUrl: `${serviceUrl}/film.jpg`, name: 'film.jpg' }],
    asked: () => asked,
    [Symbol.asyncDispose]: async () => {
      await ended(server);
    },
  };
}

const never: Answer = () => undefined;
const gone: Answer = (response) => {
  response.statusCode = 404;
  response.end();
};
const here = async (): Promise<Answer> => {
  const file = await plainPhoto('#228822');
  return (response) => void response.end(file);
};

test('a file that its sender heard was on its way comes although the process dies meanwhile', async () => {
  await using before = await openCouncil({ filesWithin: 0 });
  await using teams = await teamsWithFile(before, never, await here());
  const said = await before.as('nadia-hartley').say('propose for Highways: Our road is open.', teams);
  expect(said.at(-1)?.text).toContain('I am fetching your file.');
  // While its process says that it comes, nobody else fetches it.
  await before.pass(minutes(1));
  expect(teams.asked()).toBe(1);

  await using after = await before.restart();
  await after.pass(minutes(3));
  expect((await after.post(1)).revision).toMatchObject({ text: 'Our road is open.', media: [{}] });
  expect(after.as('nadia-hartley').card(1).text).toContain('Our road is open.');
  await after.pass(minutes(30));
  expect(teams.asked()).toBe(2);
  expect((await after.audit()).findings).toEqual([]);
});

test('one that Teams hands over no more after that is said not to have come, and its words are kept', async () => {
  await using before = await openCouncil({ filesWithin: 0 });
  await using teams = await teamsWithFile(before, never, gone);
  const nadia = before.as('nadia-hartley');
  await nadia.say('', teams);
  await nadia.say('The beach is clean.');
  await using after = await before.restart();
  await after.pass(minutes(3));
  const last = after.shown(nadia.chat).map(({ text }) => text);
  expect(last.join('\n')).toContain('I could not take film.jpg');
  expect(last.join('\n')).toContain('Please send it again in our own chat.');
  expect((await after.post(1)).revision).toMatchObject({ text: 'The beach is clean.', media: [] });
  await after.pass(minutes(30));
  expect(teams.asked()).toBe(2);
});

test('each time that it is fetched anew is kept before it begins, so that one that ends its process is given up', async () => {
  await using before = await openCouncil({ filesWithin: 0 });
  await using teams = await teamsWithFile(before, never, never, gone);
  await before.as('nadia-hartley').say('propose for Highways: Our road is open.', teams);
  await using after = await before.restart();
  const fetched = after.pass(minutes(3));
  await expect.poll(teams.asked).toBe(2);
  const { effects } = await after.app.executor.waiting('person', personDocument('nadia-hartley'));
  expect(effects.map(({ type, attempts }) => ({ type, attempts }))).toContainEqual({
    type: 'person.fetch-file',
    attempts: 1,
  });
  const last = await after.restart();
  await last.close();
  await fetched;
});

test('a message that Teams tells again after the death joins what is kept of it', async () => {
  await using before = await openCouncil({ filesWithin: 0 });
  await using teams = await teamsWithFile(before, never, gone);
  const again = { ...teams, activityId: 'told-twice' };
  await before.as('nadia-hartley').say('propose for Highways: Our road is open.', again);
  await using after = await before.restart({ filesWithin: minutes(1) });
  const nadia = after.as('nadia-hartley');
  const said = await nadia.say('propose for Highways: Our road is open.', again);
  expect(said.map(({ text }) => text)).toEqual([expect.stringContaining('I am fetching your file.')]);
  await after.pass(minutes(30));
  const refused = after.shown(nadia.chat).filter(({ text }) => text.includes('I could not take film.jpg'));
  expect(refused).toHaveLength(1);
  expect(teams.asked()).toBe(2);
});

test.each([
  ['its message', (person: string) => ({ person, key: 'told-once', at: 1, message: { kind: 'letter' } })],
  ['all of it', () => 'a file'],
])(
  'a kept file of which this release cannot read %s is given up, and its sender told',
  async (_what, data) => {
    await using council = await openCouncil();
    const nadia = council.as('nadia-hartley');
    const id = personDocument(nadia.id);
    const { executor } = council.app;
    await executor.amend('person', id, (draft) =>
      draft.await({
        wishes: draft.waiting.wishes + 1,
        effects: [
          ...draft.waiting.effects,
          {
            key: 'file-of-another-release',
            type: 'person.fetch-file',
            data: data(nadia.id),
            due: council.now(),
            attempts: 0,
            wish: draft.waiting.wishes + 1,
          },
        ],
      }),
    );
    const told = (): readonly string[] =>
      council
        .shown(nadia.chat)
        .map(({ text }) => text)
        .filter((text) => text.includes('I could not take the file you sent'));
    // A process of another release may be able to.
    await council.pass(minutes(3));
    expect(told()).toEqual([]);
    for (let n = 0; n < 10; n += 1) await council.pass(minutes(3));
    expect(told()).toHaveLength(1);
    expect((await executor.waiting('person', id)).effects).toEqual([]);
  },
);

test('one that came is fetched once', async () => {
  await using council = await openCouncil({ filesWithin: 0 });
  await using teams = await teamsWithFile(council, await here());
  await council.as('nadia-hartley').say('propose for Highways: Our road is open.', teams);
  const { promise, resolve } = Promise.withResolvers<void>();
  const look = (): void =>
    void council.post(1).then(
      () => resolve(),
      () => undefined,
    );
  const stop = council.app.executor.onCommit(look);
  look();
  await promise;
  stop();
  await council.pass(minutes(30));
  expect(teams.asked()).toBe(1);
  expect((await council.post(1)).revision.media).toHaveLength(1);
});
