import fc from 'fast-check';
import { failures, kept } from './shelf.ts';
import { calls, faults, inTheMiddle, kinds, outside, people, sent, shows, type Step } from './steps.ts';

/** How walks are chosen by chance: what is done follows what usually comes before it, so that much happens on each. */

const post = fc.constantFrom(1, 1, 1, 2);
const desk = fc.constantFrom('ellen-rimmer' as const, 'joseph-adeyemi' as const);
const timePasses = fc.record({
  does: fc.constant('time' as const),
  minutes: fc.constantFrom(0, 1, 1, 6, 25, 25, 70),
});
const goesWrong = fc.record({
  does: fc.constant('fault' as const),
  account: fc.constantFrom(...outside, 'x-main' as const),
  call: fc.constantFrom(...calls, 'publish' as const),
  fault: fc.constantFrom(...faults, 'lost' as const, 'busy' as const, 'shut' as const),
});
const meanwhile = fc.record({
  does: fc.constant('meanwhile' as const),
  account: fc.constantFrom(...outside, 'x-main' as const),
  call: fc.constantFrom(...calls, 'remove' as const, 'find' as const, 'save' as const),
  what: fc.constantFrom('hold' as const, 'hold' as const, ...inTheMiddle),
  by: desk,
  post,
});
const correct = fc.record({
  does: fc.constant('correct' as const),
  by: fc.constantFrom('ellen-rimmer' as const, 'ellen-rimmer' as const, 'tom-ashcroft' as const),
  post,
  again: fc.boolean(),
  same: fc.constantFrom(false, false, false, true),
  describes: fc.constantFrom(false, false, true),
  ends: fc.boolean(),
});
const n = fc.nat({ max: people.length - 1 });
const decide = fc.record({
  does: fc.constant('decide' as const),
  post,
  n,
  yes: fc.constantFrom(true, true, true, false),
});
const does = <D extends 'hold' | 'remove' | 'cancel' | 'schedule'>(what: D, by = desk) =>
  fc.record({ does: fc.constant(what), by, post });
const edit = fc.record({
  does: fc.constant('edit' as const),
  by: desk,
  post,
  leavesOut: fc.constantFrom(false, false, true),
});
const sends = fc.record({
  does: fc.constant('send' as const),
  by: fc.constantFrom('ellen-rimmer' as const, 'ellen-rimmer' as const, 'nadia-hartley' as const),
  post,
  what: fc.constantFrom(...sent, 'picture' as const),
});
const sleeps = fc.record({
  does: fc.constant('sleep' as const),
  minutes: fc.constantFrom(2, 90, 300, 300, 4 * 24 * 60),
});
const account = fc.constantFrom(...outside);
const storeFails = fc.record({
  does: fc.constant('store' as const),
  fails: fc.constantFrom(...failures, 'writing' as const),
  of: fc.constantFrom(...kept, 'post' as const),
  after: fc.constantFrom(0, 0, 1, 2, 3, 5, 8),
});
const mended = fc.constant({ does: 'mended' as const });
const goesAway = fc.record({ does: fc.constant('away' as const), account });
const comesBack = fc.record({ does: fc.constant('back' as const), account });
const press = fc.record({
  does: fc.constant('press' as const),
  by: fc.constantFrom(...people),
  post,
  n: fc.nat({ max: 11 }),
  old: fc.constantFrom(false, false, false, true),
});
const all = <D extends 'connect' | 'stop' | 'pause' | 'resume'>(what: D) => fc.constant({ does: what });
const restart = fc.record({
  does: fc.constant('restart' as const),
  without: fc.constantFrom('', 'joseph-adeyemi', 'priya-desai', 'priya-desai'),
});
const propose = fc.record({
  does: fc.constant('propose' as const),
  thread: fc.boolean(),
  shows: fc.constantFrom(...shows),
  alone: fc.boolean(),
  planned: fc.boolean(),
  kind: fc.constantFrom('usual' as const, 'usual' as const, ...kinds),
});
const again = fc.record({ does: fc.constantFrom('again' as const, 'right' as const), post });

const one = (arbitrary: fc.Arbitrary<Step>) => arbitrary.map((step): Step[] => [step]);
/** A correction is asked for, goes wrong somewhere, and is decided on. */
const corrected = fc
  .tuple(correct, fc.array(goesWrong, { maxLength: 3 }), decide)
  .map(([asked, faulty, decided]): Step[] => [asked, ...faulty, { ...decided, post: asked.post }]);
/** The same, and it is held or taken down in the middle of a call. */
const correctedMeanwhile = fc
  .tuple(correct, fc.array(goesWrong, { maxLength: 2 }), meanwhile, decide, fc.option(timePasses), decide)
  .map(([asked, faulty, during, agreed, time, decided]): Step[] => [
    asked,
    ...faulty,
    { ...during, post: asked.post },
    { ...agreed, post: asked.post, yes: true },
    ...(time === null ? [] : [time]),
    { ...decided, post: asked.post },
  ]);
/** It is agreed to, waits on its way, and whoever agreed may have other work by then. */
const agreedByWhoLeft = fc
  .tuple(correct, fc.constantFrom(...outside), fc.constantFrom(...calls), decide, restart, decide)
  .map(([asked, account, call, agreed, left, decided]): Step[] => [
    asked,
    { does: 'fault', account, call, fault: 'busy' },
    { ...agreed, post: asked.post, yes: true },
    left,
    { does: 'time', minutes: 25 },
    { ...decided, post: asked.post },
  ]);
/** The same, and what is left of it is held and decided on. */
const correctedAndHeld = fc
  .tuple(corrected, does('hold'), fc.option(timePasses), decide)
  .map(([before, held, time, decided]): Step[] => [
    ...before,
    held,
    ...(time === null ? [] : [time]),
    { ...decided, post: held.post },
  ]);

/** The store fails while something is done, and works again after a while. */
const whileItFails = fc
  .tuple(
    storeFails,
    fc.array(
      fc.oneof(
        { weight: 3, arbitrary: one(decide) },
        { weight: 2, arbitrary: one(does('hold')) },
        { weight: 2, arbitrary: corrected },
        { weight: 1, arbitrary: one(press) },
        { weight: 1, arbitrary: one(does('remove')) },
        { weight: 1, arbitrary: one(sends) },
        { weight: 1, arbitrary: one(again) },
        { weight: 1, arbitrary: one(edit) },
        { weight: 1, arbitrary: one(all('stop')) },
        { weight: 1, arbitrary: one(all('resume')) },
        { weight: 1, arbitrary: one(sleeps) },
        { weight: 2, arbitrary: one(timePasses) },
      ),
      { minLength: 1, maxLength: 3 },
    ),
    mended,
    fc.option(timePasses),
  )
  .map(([fails, meantime, works, time]): Step[] => [
    fails,
    ...meantime.flat(),
    works,
    ...(time === null ? [] : [time]),
  ]);
/** An account cannot be reached while something is to be done there. */
const whileItIsAway = fc
  .tuple(goesAway, corrected, fc.option(timePasses), fc.option(does('hold')), fc.option(sleeps), decide)
  .map(([away, what, time, held, sleep, decided]): Step[] => [
    away,
    ...what,
    ...(time === null ? [] : [time]),
    ...(held === null ? [] : [held]),
    ...(sleep === null ? [] : [sleep]),
    { does: 'back', account: away.account },
    decided,
  ]);
/** Another post is planned, and decided on; the machine sleeps before, over or after its time. */
const plannedAndSlept = fc
  .tuple(propose, decide, decide, fc.option(does('hold')), fc.option(timePasses), sleeps, fc.option(sends))
  .map(([proposed, first, then, held, time, sleep, sent]): Step[] => [
    { ...proposed, planned: true },
    { ...first, post: 2, yes: true },
    { ...then, post: 2, yes: true },
    ...(held === null ? [] : [{ ...held, post: 2 }]),
    ...(time === null ? [] : [time]),
    sleep,
    ...(sent === null ? [] : [{ ...sent, post: 2 }]),
    { ...then, post: 2 },
  ]);
/** It is away for so long that what was to go there is late, and somebody is asked; or its end has passed by then. */
const late = fc
  .tuple(goesAway, propose, decide, decide, fc.constantFrom(25, 70, 130), fc.option(does('hold')), decide)
  .map(([away, proposed, first, then, minutes, held, decided]): Step[] => [
    away,
    { ...proposed, planned: false },
    { ...first, post: 2, yes: true },
    { ...then, post: 2, yes: true },
    ...[11, minutes].map((each) => ({ does: 'time' as const, minutes: each })),
    ...(held === null ? [] : [{ ...held, post: 2 }]),
    { does: 'back', account: away.account },
    { does: 'again', post: 2 },
    { ...decided, post: 2 },
  ]);
/** A change is refused where it stands, and somebody makes it there themselves, which may not be saved at once. */
const putRight = fc
  .tuple(correct, decide, fc.option(timePasses), fc.option(storeFails, { freq: 2 }))
  .map(([asked, agreed, time, fails]): Step[] => [
    { does: 'fault', account: 'facebook-main', call: 'edit', fault: 'refused' },
    asked,
    { ...agreed, post: asked.post, yes: true },
    ...(time === null ? [] : [time]),
    ...(fails === null
      ? []
      : [fails, { does: 'right' as const, post: asked.post }, { does: 'mended' as const }]),
    { does: 'right', post: asked.post },
  ]);
/** Everything is stopped while something is decided on, and resumed. */
const stoppedAndResumed = fc
  .tuple(fc.oneof(all('stop'), all('pause')), corrected, fc.option(timePasses), decide, decide)
  .map(([stops, meantime, time, first, then]): Step[] => [
    stops,
    ...meantime,
    ...(time === null ? [] : [time]),
    first,
    { does: 'resume' },
    then,
  ]);
/** Something is sent for a post, which is sent for approval again and decided on. */
const shownLater = fc
  .tuple(sends, fc.option(does('hold')), decide, decide)
  .map(([sent, held, first, then]): Step[] => [
    sent,
    ...(held === null ? [] : [{ ...held, post: sent.post }]),
    { ...first, post: sent.post },
    { ...then, post: sent.post },
  ]);

/** What is done follows what usually comes before it, in any order; at the end a post may be taken down. */
export const steps: fc.Arbitrary<readonly Step[]> = fc
  .tuple(
    fc.array(
      fc.oneof(
        { weight: 5, arbitrary: corrected },
        { weight: 2, arbitrary: correctedAndHeld },
        { weight: 4, arbitrary: correctedMeanwhile },
        { weight: 1, arbitrary: one(meanwhile) },
        { weight: 5, arbitrary: one(timePasses) },
        { weight: 5, arbitrary: one(press) },
        { weight: 4, arbitrary: one(decide) },
        { weight: 3, arbitrary: one(goesWrong) },
        { weight: 2, arbitrary: one(does('hold')) },
        { weight: 2, arbitrary: one(all('connect')) },
        { weight: 2, arbitrary: one(correct) },
        { weight: 1, arbitrary: one(fc.oneof(does('schedule'), edit, does('cancel'))) },
        { weight: 2, arbitrary: shownLater },
        { weight: 2, arbitrary: whileItFails },
        { weight: 2, arbitrary: whileItIsAway },
        { weight: 2, arbitrary: plannedAndSlept },
        { weight: 1, arbitrary: one(fc.oneof(sleeps, goesAway, comesBack, storeFails, mended)) },
        { weight: 1, arbitrary: one(propose) },
        { weight: 2, arbitrary: late },
        { weight: 2, arbitrary: putRight },
        { weight: 1, arbitrary: stoppedAndResumed },
        { weight: 1, arbitrary: one(again) },
        { weight: 1, arbitrary: one(fc.oneof(all('stop'), all('pause'))) },
        { weight: 2, arbitrary: one(all('resume')) },
        { weight: 1, arbitrary: agreedByWhoLeft },
        { weight: 1, arbitrary: one(restart) },
      ),
      { minLength: 4, maxLength: 12 },
    ),
    fc.option(does('remove'), { freq: 3 }),
    fc.array(fc.oneof(one(timePasses), one(press), corrected, one(decide)), { maxLength: 3 }),
  )
  .map(([before, removed, after]) => [
    ...before.flat(),
    ...(removed === null ? [] : [removed]),
    ...after.flat(),
  ]);

/** What a walk begins with. */
export const begins = fc.record({
  /** in three posts where the network takes them so */
  thread: fc.boolean(),
  bluesky: fc.boolean(),
  /** on X alone */
  alone: fc.constantFrom(false, false, true),
  shows: fc.constantFrom('nothing' as const, ...shows),
  kind: fc.constantFrom('usual' as const, 'usual' as const, ...kinds),
  /** X cannot be looked up, so that somebody is asked what became of an attempt */
  blind: fc.boolean(),
  /** a call that goes wrong when it goes out */
  first: fc.option(goesWrong, { nil: undefined, freq: 3 }),
});
export type Begins = typeof begins extends fc.Arbitrary<infer Made> ? Made : never;
