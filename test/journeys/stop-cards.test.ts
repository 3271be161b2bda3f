import { expect, test } from 'vitest';
import { sentByDesk } from './beginnings.ts';
import { accountId } from '../../src/dispatch/account.ts';
import { buttonsIn } from './card.ts';
import { minute, openCouncil, type Council, type Pressed, type Shown } from './council.ts';
import { pauseRoutine, stopEverything } from './stops.ts';

/** The cards of a stop: in each chat, and in the desk's Teams channel, they say how it is now. */

const channel = '19:desk@thread.tacv2';
/** Cards follow a stop, and a resume, this long after it at the latest. */
const soon = 5_000;

async function useDeskChannel(council: Council): Promise<void> {
  const ellen = council.as('ellen-rimmer');
  await ellen.say('use this channel for approvals of the desk', { channel });
  await ellen.press('Yes, use this channel', {}, council.shown(channel).at(-1));
}

const titlesOf = ({ card = {} }: Pressed): readonly string[] =>
  buttonsIn(card)
    .map(({ title }) => title)
    .filter((title) => title !== 'Open');

/** What is told of stops in a conversation from now on, as it stands whenever it is looked at. */
function toldOfStops(council: Council, conversation: string): () => readonly Shown[] {
  const before = council.shown(conversation).length;
  return () =>
    council
      .shown(conversation)
      .slice(before)
      .filter(({ text }) => /stopped everything|paused routine posts|go out again/u.test(text));
}

test('whoever stopped everything sees on that card that somebody resumed, and the other way round', async () => {
  await using council = await openCouncil();
  const [yvonne, joseph] = [council.as('yvonne-cartmel'), council.as('joseph-adeyemi')];
  await sentByDesk(council, 'Liverpool Road is closed at Moor Lane.', {});
  const answer = await pauseRoutine(council, 'yvonne-cartmel');
  expect(answer.text).toContain('Routine posts are paused: 1 post held');
  expect(titlesOf(answer)).toEqual(['Resume']);
  // The answer stands where the question was.
  const paused = yvonne.card();
  await council.pass(soon);
  const now = (card: Shown): Shown =>
    council.shown(card.conversationId).find(({ activityId }) => activityId === card.activityId) ?? card;

  // One stop takes the place of another: what is told of that has the button, and the card of the first none any more.
  await stopEverything(council, 'joseph-adeyemi');
  const stopped = joseph.card();
  await council.pass(soon);
  expect(now(paused).text).toMatch(/^There is newer word of this/u);
  expect(yvonne.buttons(now(paused))).toEqual([]);
  const heard = yvonne.card();
  expect(heard.text).toMatch(/^Joseph Adeyemi stopped everything/u);
  expect(yvonne.buttons(heard)).toEqual(['Resume']);
  expect(now(stopped).versions).toBe(1);

  const question = await yvonne.press('Resume', {}, heard);
  expect(question.text).toContain('Let posts go out again?');
  const done = await yvonne.press('Yes, resume', {}, question.card);
  expect(done.text).toContain('Posts can go out again');
  await council.pass(soon);
  for (const card of [now(heard), now(stopped)]) {
    expect(card.text).toMatch(/Yvonne Cartmel let posts go out again on Tue 24 Nov at 9:\d\dam\./u);
    expect(card.text).toMatch(/1 post waits.*#1 /u);
    expect(card.text).not.toMatch(/Nothing leaves|Only safety information/u);
    expect(yvonne.buttons(card)).not.toContain('Resume');
  }
  // What was lifted is over: another stop has cards of its own.
  const over = now(stopped);
  await stopEverything(council, 'gareth-molyneux');
  await council.pass(soon);
  expect(now(stopped).text).toBe(over.text);
  expect((await council.audit()).findings).toEqual([]);
});

test('a stop that holds nothing, and its end, are told once to those who may lift it, and in the desk’s Teams channel', async () => {
  await using council = await openCouncil();
  await useDeskChannel(council);
  const all = [
    channel,
    ...['ellen-rimmer', 'joseph-adeyemi', 'gareth-molyneux'].map((id) => council.as(id).chat),
  ];
  const told = new Map(all.map((where) => [where, toldOfStops(council, where)]));
  const yvonne = council.as('yvonne-cartmel');
  await stopEverything(council, 'yvonne-cartmel');
  await council.pass(soon);
  for (const [, cards] of told) {
    expect(cards().map(({ text }) => text)).toEqual([
      expect.stringMatching(
        /Yvonne Cartmel stopped everything on Tue 24 Nov .*nothing (?:goes out|leaves any account) until/iu,
      ),
    ]);
    expect(yvonne.buttons(cards()[0])).toEqual(['Resume']);
  }
  await council.pass(2 * minute);
  for (const [, cards] of told) expect(cards()).toHaveLength(1);

  // Somebody who reads it in the Teams channel resumes there.
  const joseph = council.as('joseph-adeyemi');
  const question = await joseph.press('Resume', {}, told.get(channel)?.()[0]);
  const hears = toldOfStops(council, yvonne.chat);
  await joseph.press('Yes, resume', {}, question.card);
  await council.pass(soon);
  for (const [where, cards] of told) {
    expect(cards()[0]?.text).toMatch(
      /^That stop is over Joseph Adeyemi let posts go out again on Tue 24 Nov/u,
    );
    expect(joseph.buttons(cards()[0])).toEqual([]);
    // The one who resumed has read it as the answer.
    expect(cards()).toHaveLength(where === joseph.chat ? 1 : 2);
  }
  expect(hears().map(({ text }) => text)).toEqual([
    expect.stringMatching(
      /^Posts can go out again\. Joseph Adeyemi let them go out again on Tue 24 Nov at 9:\d\dam\./u,
    ),
  ]);
  await council.pass(2 * minute);
  expect(hears()).toHaveLength(1);
  expect((await council.audit()).findings).toEqual([]);
});

test('whoever is asked whether to stop or to resume can say no, and reads how it is then', async () => {
  await using council = await openCouncil();
  const [yvonne, joseph] = [council.as('yvonne-cartmel'), council.as('joseph-adeyemi')];
  const [stop] = await yvonne.say('stop everything');
  expect(yvonne.buttons(stop)).toEqual(['Yes, stop everything', 'No, keep going']);
  const kept = await yvonne.press('No, keep going', {}, stop);
  expect(kept.text).toMatch(/^Nothing was stopped Posts go out as usual\. .*"stop everything"/u);
  expect(titlesOf(kept)).toEqual([]);
  expect((await yvonne.say('resume')).at(-1)?.text).toMatch(/^Nothing is stopped/u);

  const [pause] = await yvonne.say('pause routine');
  await stopEverything(council, 'joseph-adeyemi');
  // Somebody else has stopped it by then: nobody is told that posts go out.
  const meanwhile = await yvonne.press('No, keep going', {}, pause);
  expect(meanwhile.text).toMatch(/^Everything is stopped Joseph Adeyemi stopped everything on Tue 24 Nov/u);
  expect(titlesOf(meanwhile)).toContain('Resume');
  const [resume] = await joseph.say('resume');
  expect(joseph.buttons(resume)).toEqual(['Yes, resume', 'No, not yet']);
  const stays = await joseph.press('No, not yet', {}, resume);
  expect(stays.text).toMatch(/^Everything is stopped .*That is still in force/u);
  // Its card is one of the stop again, and follows it.
  const { activityId } = resume ?? {};
  const question = await yvonne.press('Resume', {}, meanwhile.card);
  await yvonne.press('Yes, resume', {}, question.card);
  await council.pass(soon);
  const now = council.shown(joseph.chat).find((each) => each.activityId === activityId);
  expect(now?.text).toMatch(/^That stop is over/u);
});

test('a duty officer whose chat begins while everything is stopped reads so at once, and can resume there', async () => {
  await using council = await openCouncil({ met: ['gareth-molyneux', 'nadia-hartley'] });
  await stopEverything(council);
  await council.pass(20 * minute);
  const [yvonne, bethan] = [council.as('yvonne-cartmel'), council.as('bethan-prys')];
  const told = toldOfStops(council, yvonne.chat);
  await yvonne.say('people');
  await council.pass(soon);
  expect(told().map(({ text }) => text)).toEqual([
    expect.stringMatching(
      /^Gareth Molyneux stopped everything .*on Tue 24 Nov at 9:4\dam\..*You can press "Resume"/u,
    ),
  ]);
  // Whoever can do nothing about it, and of whom nothing waits, is told nothing.
  const others = toldOfStops(council, bethan.chat);
  await bethan.say('people');
  await council.pass(soon);
  expect(others()).toEqual([]);

  const question = await yvonne.press('Resume', {}, told()[0]);
  await yvonne.press('Yes, resume', {}, question.card);
  await council.pass(soon);
  expect(told()[0]?.text).toMatch(/^That stop is over/u);
  // Once nothing is stopped, a chat that begins is told of no stop.
  const joseph = council.as('joseph-adeyemi');
  const late = toldOfStops(council, joseph.chat);
  await joseph.say('people');
  await council.pass(soon);
  expect(late()).toEqual([]);
});

test('a process that dies right after the resume: the next one brings the cards of the stop up to date', async () => {
  await using council = await openCouncil();
  await stopEverything(council, 'yvonne-cartmel');
  const { activityId, conversationId } = council.as('yvonne-cartmel').card();
  await council.pass(minute);
  const accounts = Object.keys(council.protocol.accounts);
  for (const [index, account] of accounts.entries())
    await council.app.executor.execute({
      command: 'account.resume',
      id: accountId(account),
      params: { known: council.now(), ...(index === accounts.length - 1 ? { last: true } : {}) },
      actor: { by: 'person', person: 'joseph-adeyemi' },
    });
  await using again = await council.restart();
  await again.pass(soon);
  const card = again.shown(conversationId).find((each) => each.activityId === activityId);
  expect(card?.text).toMatch(/^That stop is over Joseph Adeyemi let posts go out again on Tue 24 Nov/u);
});

test('what is urgent stands above what is not, in what waits for somebody and in what a resume leads to', async () => {
  await using council = await openCouncil();
  const priya = council.as('priya-desai');
  await sentByDesk(council, 'Moor Lane is closed.', {});
  await council.pass(100 * minute);
  await sentByDesk(council, 'Liverpool Road is closed.', { urgency: 'urgent' });
  const urgentFirst = /#2 · .*Urgent.*#1 · /u;
  expect((await priya.say('waiting')).at(-1)?.text).toMatch(urgentFirst);
  await stopEverything(council);
  await council.pass(soon);
  const [asked] = await council.as('gareth-molyneux').say('resume');
  const resumed = await council.as('gareth-molyneux').press('Yes, resume', {}, asked);
  expect(resumed.text).toMatch(urgentFirst);
  await council.pass(soon);
  expect((await priya.say('waiting')).at(-1)?.text).toMatch(urgentFirst);
});

test('a draft says before it is sent that everything is stopped, and who can lift that; its cards follow a stop and a resume', async () => {
  await using council = await openCouncil();
  const [nadia, ellen, tom] = [
    council.as('nadia-hartley'),
    council.as('ellen-rimmer'),
    council.as('tom-ashcroft'),
  ];
  await nadia.say('propose The A565 is shut at Moor Lane.');
  expect(nadia.card(1).text).toContain('As soon as it is approved');
  await stopEverything(council);
  await council.pass(minute);
  const stopped =
    /Gareth Molyneux stopped everything on Tue 24 Nov at \S+: this does not go out until that is resumed\. Sent before then, it is held, and can be released after that\./u;
  const who = 'Ellen Rimmer, Joseph Adeyemi, Gareth Molyneux or Yvonne Cartmel can let posts go out again.';
  expect(nadia.card(1).text).toMatch(stopped);
  expect(nadia.card(1).text).toContain('Once posts go out again and somebody approves it');
  expect(nadia.card(1).text).toContain(who);
  expect(nadia.buttons(nadia.card(1))).not.toContain('Resume');
  // What is written meanwhile says so at once, also to whoever may lift it.
  await ellen.say('propose for Highways: The A59 is shut at Maghull.');
  expect(ellen.card(2).text).toMatch(stopped);
  expect(ellen.card(2).text).toContain('You can press or type "Resume" to let posts go out again.');
  expect(ellen.buttons(ellen.card(2))).toContain('Resume');

  // Once it is sent, it waits for whoever can lift the stop, and says so: not for those who cannot decide yet.
  await ellen.press('Send to Highways approvers', {}, ellen.card(2));
  await council.quiet();
  const then = 'Once posts go out again, it waits for Tom Ashcroft, Priya Desai or Gareth Molyneux';
  expect(ellen.card(2).text).toContain(then);
  expect(ellen.card(2).text).not.toContain('Waiting for');
  expect(tom.card(2).text).toContain(who);
  expect(tom.buttons(tom.card(2))).not.toContain('Resume');
  const question = await ellen.press('Resume', {}, ellen.card(2));
  await ellen.press('Yes, resume', {}, question.card);
  await council.pass(minute);
  expect(nadia.card(1).text).toContain('As soon as it is approved');
  expect(nadia.card(1).text).not.toContain('stopped everything');
  expect(ellen.card(2).text).toContain('Waiting for Tom Ashcroft, Priya Desai or Gareth Molyneux');
  expect(ellen.buttons(ellen.card(2))).not.toContain('Resume');
  expect((await council.audit()).findings).toEqual([]);
});

test('the draft of an emergency names, before it is sent, how it can go out during a pause', async () => {
  await using council = await openCouncil();
  await pauseRoutine(council, 'ellen-rimmer');
  const nadia = council.as('nadia-hartley');
  await nadia.say('propose Gas leak on Moor Lane in Crosby. Leave the area now and call 0800 111 999.');
  const form = await nadia.press('Edit', {}, nadia.card(1));
  const saved = await nadia.press('Save', { urgency: 'emergency' }, form.card);
  expect(saved.text).toContain(
    'Or mark it "Safety information" and send it, if it is that: the pause lets it through once it is approved. Press "Edit" for that.',
  );
  const again = await nadia.press('Edit', {}, saved.card);
  const safe = await nadia.press('Save', { flags: 'safety' }, again.card);
  expect(safe.text).toContain('As soon as it is approved');
  expect(safe.text).not.toContain('paused routine posts');
});
