import { expect, test } from 'vitest';
import { endsOver } from '../../src/protocol/end-over.ts';

/** Of Tuesday 24 November 2026 in London, unless a day is given. */
const at = (clock: string): number => Date.parse(clock.includes('T') ? `${clock}Z` : `2026-11-24T${clock}Z`);

const over = (text: string, written: string, goesAt: string): readonly string[] =>
  endsOver(text, at(written), at(goesAt)).map(({ from, to }) => text.slice(from, to));

test.each([
  // What had ended when it was written, and says that it goes on.
  ['Liverpool Road is closed until 4pm today.', '17:55', '17:55', 'until 4pm today'],
  ['Liverpool Road is closed today until 4pm.', '17:55', '17:55', 'until 4pm'],
  ['No water in Ash Road until 4pm today.', '17:55', '17:55', 'until 4pm today'],
  ['Expect delays until 4pm today.', '17:55', '17:55', 'until 4pm today'],
  ['The library is open until 5pm today.', '18:00', '18:00', 'until 5pm today'],
  ['Voting closes at 5pm today.', '18:00', '18:00', 'closes at 5pm today'],
  ['The survey is open until Monday 23 November.', '10:00', '10:00', 'until Monday 23 November'],
  ['The road is closed until 4pm today. It opens again after that.', '17:55', '17:55', 'until 4pm today'],
  ['Moor Lane is closed until 4pm today. Thank you for your patience.', '17:55', '17:55', 'until 4pm today'],
  ['Bin crews are delayed from 9am to noon today.', '17:55', '17:55', 'noon today'],
  ['Bin crews are held up 9am to noon today.', '17:55', '17:55', 'noon today'],
  ['Homes left without water from 9am to noon today.', '17:55', '17:55', 'noon today'],
  ['200 homes are left with no power until noon today.', '17:55', '17:55', 'until noon today'],
  ['Please read our notice: Moor Lane is closed 9am to noon today.', '17:55', '17:55', 'noon today'],
  // What ends between.
  ['Free parking until 4pm today.', '09:00', '17:00', 'until 4pm today'],
  ['Closed until 4pm on Friday.', '09:00', '2026-11-28T09:00', 'until 4pm on Friday'],
  ['Closed until Friday.', '09:00', '2026-11-28T09:00', 'until Friday'],
  ['The consultation closes on Friday.', '09:00', '2026-11-28T09:00', 'consultation closes on Friday'],
  // One of several.
  ['Moor Lane is closed until 4pm today. The survey ends on Friday.', '17:00', '17:00', 'until 4pm today'],
])('%s written at %s is over at %s', (text, written, goesAt, words) => {
  expect(over(text, written, goesAt).join()).toContain(words);
});

test('each end that is over is named', () => {
  const text = 'Ash Road is closed until 3pm today. Moor Lane is closed until 4pm today.';
  expect(over(text, '17:00', '17:00')).toEqual(['until 3pm today', 'until 4pm today']);
  expect(over(text, '15:30', '15:30')).toEqual(['until 3pm today']);
});

test.each([
  // To come.
  ['Liverpool Road is closed until 4pm today.', '09:00', '15:59'],
  ['Closed until 4pm.', '17:55', '2026-11-25T09:00'],
  ['Closed until 4pm tomorrow.', '17:55', '17:55'],
  ['Shut tonight until 3am.', '17:40', '17:40'],
  ['Closed until 8am.', '22:00', '22:00'],
  ['Closed until further notice.', '09:00', '18:00'],
  ['The road is closed until 4pm today, the bridge until 4pm tomorrow.', '17:55', '17:55'],
  // Told as past, on purpose.
  ['The road was closed until 4pm today.', '17:55', '17:55'],
  ['Our fair ran until Friday. Thank you all.', '09:00', '2026-11-28T09:00'],
  ['Voting closed at 5pm.', '18:00', '18:00'],
  ['Voting ended at 5pm today.', '18:00', '18:00'],
  ['Our poet read at the fun day from 9am to noon today.', '17:55', '17:55'],
  ['Staff read stories at our event 9am to noon today.', '17:55', '17:55'],
  ['Buses were delayed from 9am to noon today.', '17:55', '17:55'],
  ['A burst main left homes in Ford without water until noon today.', '17:55', '17:55'],
  [
    'The last coach left without three of us at our event 9am to noon today, so we sent a taxi.',
    '17:55',
    '17:55',
  ],
  ['Moor Lane, closed until 4pm today, has reopened.', '16:30', '16:30'],
  ['Moor Lane was to be closed until 4pm today. It is open now.', '16:30', '16:30'],
  ['Closed until 4pm today? No: Moor Lane has reopened early.', '16:30', '16:30'],
  ['Moor Lane is open again after works until 4pm today.', '16:30', '16:30'],
  ['Roadworks due to last until Friday have finished.', '09:00', '2026-11-28T09:00'],
  ['Thanks to all who were there until 4pm.', '17:00', '17:00'],
  ['Thank you to everybody who helped until 4am today.', '09:00', '09:00'],
  ['Crews out until 4am today gritted 14 routes.', '09:00', '09:00'],
  ['Police closed Moor Lane until 4pm today after a crash.', '17:00', '17:00'],
  ['A burst main caused delays until 4pm today.', '17:00', '17:00'],
  ['The road is no longer closed until 4pm today.', '17:00', '17:00'],
  // History and money.
  ['We publish the accounts for the year until 31 March 2026.', '09:00', '09:00'],
  ['The pier is a listed building and stood in the sea until 1 May 2025.', '09:00', '09:00'],
  // Hours that come again, and such as may.
  ['Open every day until 4pm.', '18:00', '18:00'],
  ['Open from 9am until 5pm.', '18:00', '18:00'],
  ['Bootle Library is open until 5pm.', '18:00', '18:00'],
  ['Call us until 5pm.', '18:00', '18:00'],
  ['Parking is free until 10am.', '12:00', '12:00'],
  ['Breakfast is served until 11am.', '12:00', '12:00'],
  ['The school day ends at 3.15pm.', '18:00', '18:00'],
  ['Storytime ends at 4pm every day.', '18:00', '18:00'],
  ['Storytime ends at 4pm.', '18:00', '18:00'],
  // Called off, put off, made good, or only sometimes so.
  ['Cancelled: road closure until 4pm today.', '17:00', '17:00'],
  ['The closure until 4pm today was cancelled.', '17:00', '17:00'],
  [
    'Water is off until 3pm today. It has since been restored: Moor Lane has since reopened.',
    '16:00',
    '16:00',
  ],
  ['The closure, due to end at 2pm today, is extended to Friday.', '15:00', '15:00'],
  ['We apologise for delays until 2pm today.', '15:00', '15:00'],
  ['Homes without power until noon today can claim.', '15:00', '15:00'],
  ['If there is ice, the tip is closed until noon today.', '15:00', '15:00'],
  ['Moor Lane is closed until 4pm today at the earliest.', '17:00', '17:00'],
  // A time alone may be of any day that the text speaks of.
  ['Moor Lane closed until 4pm.', '17:55', '17:55'],
  ['Moor Lane is closed until 4pm.', '09:00', '17:00'],
  ['On Boxing Day the pool is closed until noon.', '09:43', '15:00'],
  ['On the 25th of November the library is closed until noon.', '09:43', '15:00'],
  ['Next week: library closed until noon.', '09:43', '15:00'],
  ['In 1987 Moor Lane closed until noon because of snow.', '09:43', '15:00'],
  // Of another day.
  ['The launch is on Sunday at 10am. No parking until noon.', '12:30', '12:30'],
])('%s written at %s may go out at %s', (text, written, goesAt) => {
  expect(over(text, written, goesAt)).toEqual([]);
});

// Told in other plain ways: near a time, from one to another, as a deadline, or as what is asked for by then.
test.each([
  'Moor Lane is closed until around 4pm today.',
  'Moor Lane is closed until about 4pm today.',
  'Moor Lane is closed until approx. 4pm today.',
  'Moor Lane will be closed until roughly 3.30pm today.',
  'Moor Lane is closed today, between 9am and 4pm.',
  'Moor Lane is closed between 9am and 4pm today.',
  'Moor Lane is closed 9am to 4pm today.',
  'Moor Lane closed today 9am-4pm.',
  'Moor Lane: closed today, 9.30am – 4pm.',
  'Ash Road is shut today from 9 to 4pm.',
  'No water in Ash Road between 9am and noon today.',
  'Expect delays today between 8am and 4pm.',
  'Join us 10am to 2pm today at the town hall.',
  'The deadline is 4pm today.',
  'Deadline: noon today.',
  'Please avoid Moor Lane until 4pm today.',
  'After a crash, Moor Lane is closed until 4pm today.',
  'Moor Lane is closed until 4pm today for works by "Highways Ltd".',
  'The deadline for entries is 4pm today.',
  'Deadline for applications: 4pm today.',
  "Today's deadline is 4pm.",
  'The deadline to register is noon today, so be quick.',
  'Apply by 4pm today.',
  'Please apply by 4pm today.',
  'Apply today by 4pm.',
  'Applications must reach us by 4pm today.',
  'Forms must be returned by noon today.',
  "Don't forget to vote by 4pm today!",
  'You need to book by noon today.',
  'Register your interest online at sefton.gov.uk/x by noon today.',
  'Please move your car by 4pm today.',
  'Last chance to apply by 4pm today.',
  'Send your poems to poems@example.com by 4pm today.',
])('%s is over in the evening, whenever it was written, and not in the morning', (text) => {
  for (const written of ['08:00', '17:55']) expect(over(text, written, '17:55')).toHaveLength(1);
  expect(over(text, '08:00', '11:00')).toEqual([]);
});

test.each([
  'Moor Lane was closed until around 4pm today.',
  'Moor Lane, closed between 9am and 4pm today, has reopened.',
  'The closure between 9am and 4pm today is cancelled.',
  'Called off: the closure 9am to 4pm today.',
  'The closure planned 9am to 4pm today is put off to Friday.',
  'Moor Lane is closed between 9am and 4pm tomorrow.',
  'Closed on Friday between 9am and 4pm.',
  'We are closed today, but you can ring us 9am to 4pm.',
  'We are closed today. Ring us between 9am and 4pm.',
  'The library is open 9am to 4pm today.',
  'Opening hours: 9am to 4pm. Closed today.',
  'Closed today. Our usual hours are 9am to 4pm.',
  'The tip is usually closed between 9am and 4pm today.',
  'Closed between 9am and 4pm every day.',
  'Closed weekdays 9am to 4pm.',
  'Closed between 9am and 4pm.',
  'Closed Monday to Friday 9am to 4pm.',
  'Moor Lane was closed between 9am and 4pm today.',
  'Moor Lane is closed today between 9am and 4pm and tomorrow between 9am and 4pm.',
  'Bins not emptied by 4pm today will be emptied tomorrow.',
  'Homes without power by noon today can claim.',
  'Anyone who applied by noon today will hear tomorrow.',
  'We hope to reopen Moor Lane by 4pm today.',
  'If you have not had your pack by noon today, ring us.',
  'Report any bin missed by noon today.',
  'Please report bins not collected by 4pm today.',
  'Everybody who had to move their car by noon today can come back.',
  'You do not have to move your car by 4pm today any more.',
  "You don't have to apply by 4pm today.",
  'Orders placed by noon today arrive tomorrow.',
  'The deadline was 4pm today.',
  'The deadline is extended from noon today to Friday.',
  'The deadline of 4pm today has passed.',
  'The deadline, 4pm today, has been moved to Friday.',
  'Deadline extended: 4pm tomorrow.',
  'Apply by 4pm tomorrow.',
  'Apply by Friday.',
  'Deadline: 4pm.',
  'Apply by 4pm.',
  'Did you apply by 4pm today? You will hear from us on Friday.',
  'Thank you to everybody who managed to apply by 4pm today.',
  'We asked people to apply by 4pm today.',
  'Applications must have been received by noon today to count.',
  'The number of people to register by noon today was 400.',
  'Crews cleared the road by 4pm today.',
  'The road was cleared by 4pm today.',
  'Turnout by 4pm today was 31%.',
  'By 4pm today we had taken 400 calls.',
  "Today's bus 9 to 11 routes are diverted.",
  'Moor Lane is closed from number 9 to 11 today.',
  'Of 400 forms, 300 came by noon today.',
  'We sent 40 crews to grit the roads by 4am today.',
  'Tell us about bins not emptied by noon today.',
  // Told of, denied, or what the sentence says something else of.
  'We said the road would be closed until 4pm today. It is open.',
  'The sign says closed until 4pm today, but the park is open.',
  'A text says that you must pay by 4pm today. It is a scam.',
  'Fake texts ask you to "pay by 4pm today". Do not pay.',
  'A notice “closed until noon today” was left on the gate.',
  'Correction: the tip is open. We said it is shut until 4pm today.',
  'Moor Lane, shut until 4pm today after a crash, is open.',
  'Moor Lane is open. Works planned until 4pm today are off.',
  'Works planned until 4pm today will now take place on Friday.',
  'Roadworks planned for 9am to 4pm today did not go ahead.',
  'The roadworks planned between 9am and 4pm today have been moved.',
  'The event 10am to 2pm today was a joy.',
  'Our event 10am to 2pm today drew 900 of you.',
  'Pictures from the event, 10am to 2pm today, are online.',
  'Well done to all at the event between 10am and 2pm today.',
  'Delays between 8am and 9am today were due to a crash.',
  'After a closure until 4pm today, Moor Lane is moving well.',
  'No need to book by 4pm today: we have room.',
  'Nobody has to move their car by noon today.',
  'Text alerts went to 900 people by noon today.',
  'Book sales hit 400 by noon today.',
  'Take a look at how we cleared the beach by noon today.',
  'The tunnel is closed 10pm to 6am tonight.',
  'The bridge is shut tonight between 11pm and 5am.',
  'Closures: 9am to noon today Moor Lane, Friday 2pm to 4pm Hall Road.',
  'Moor Lane is closed until 4pm today, and Hall Road tomorrow.',
])('%s may go out in the evening', (text) => {
  for (const written of ['08:00', '17:55']) expect(over(text, written, '17:55')).toEqual([]);
});

test('who still has until a time to do something is told so, and no more once it has come', () => {
  const text = 'You have until noon today to reply.';
  expect(over(text, '09:00', '11:00')).toEqual([]);
  expect(over(text, '09:00', '12:00')).toEqual(['until noon today']);
});

test('where snow fell until noon, that something else is so now does not say that it still does', () => {
  expect(over('Snow fell until noon today, so some bins are late.', '17:55', '17:55')).toEqual([]);
  expect(over('The tip is closed until noon today, so some bins are late.', '17:55', '17:55')).toHaveLength(
    1,
  );
});

test('what ends around a time is over an hour after it', () => {
  const text = 'Moor Lane is closed until around 4pm today.';
  expect(over(text, '09:00', '16:59')).toEqual([]);
  expect(over(text, '09:00', '17:00')).toEqual(['until around 4pm today']);
});

test.each([
  'Moor Lane is closed until Friday.',
  'Moor Lane is closed until 4pm on Friday.',
  'The survey closes on Friday.',
  'Apply by Friday.',
])('%s may be of the week in which it goes out', (text) => {
  expect(over(text, '09:00', '2026-11-28T09:00')).toHaveLength(1);
  for (const later of ['2026-11-30T00:00', '2026-12-02T09:00', '2026-12-05T09:00'])
    expect(over(text, '09:00', later)).toEqual([]);
  // A date is of its own day.
  const dated = text.replace('Friday', 'Friday 27 November');
  expect(over(dated, '09:00', '2026-12-02T09:00')).toHaveLength(1);
});

// What somebody did in those hours, whatever is called closed in it; also where it was written before.
test.each([
  'The mayor opened three closed parks from 9am to noon today.',
  'Councillors met in the closed library from 10am to noon today.',
  'Today from 9am to noon we heard from traders about the closures.',
  'From 9am to noon today our wardens visited shops about parking suspended in Lord Street.',
  'Our lollipop team guided children past the closed crossing from 8am to 9am today.',
  'Gritters treated 14 routes from 2am to 5am today to keep delays down.',
  'Traffic lights failed from 7am to 9am today, which brought delays.',
  'Here are the highlights of the fun day from 10am to 2pm today.',
  'A huge thank-you to everybody at our events from 10am to 2pm today.',
  'Meet Jo, who swam until noon today for charity.',
  'Many came to visit us until noon today.',
])('%s tells what was', (text) => {
  for (const written of ['07:00', '15:00']) expect(over(text, written, '15:00')).toEqual([]);
});

// What somebody may come to until then, or is asked to do; and a word of how something is tells of nothing that was done.
test.each([
  'Come and see us until 4pm today.',
  'Bootle! Come and say hello until 4pm today.',
  'Drop in until 4pm today for advice.',
  'Get your free flu jab in Bootle until 4pm today.',
  'Free trees: collect yours from the depot until 4pm today.',
  'Why not come and see us until 4pm today?',
  'Today until 4pm: come and meet the mayor.',
  'Ring us on 0151 934 0000 until 4pm today.',
  'Avoid the A565 until 4pm today.',
  'Oak Road closed, with a signed diversion, from 9am to 4pm today.',
  'Moor Lane closed from 9am to 4pm today as a lorry crashed into the bridge.',
  'Volunteers needed at our event from 9am to 4pm today.',
])('%s is over by five, also where it was written then', (text) => {
  for (const written of ['08:00', '17:00']) expect(over(text, written, '17:00')).toHaveLength(1);
});
