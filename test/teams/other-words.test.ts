import { expect, test } from 'vitest';
import { typedCommands } from '../../src/teams/typed/index.ts';
import { otherWords, type Meaning } from '../../src/teams/typed/other-words.ts';

const names = typedCommands.map(({ name }) => name);
const said = (meaning: Meaning | undefined): string => {
  if (meaning === undefined) return 'nothing';
  if ('words' in meaning) return `${meaning.means}: ${meaning.words}`;
  const note = 'note' in meaning && meaning.note !== undefined ? ` "${meaning.note}"` : '';
  if ('number' in meaning) return `${meaning.means} ${meaning.number}${note}`;
  return 'command' in meaning ? `which: ${meaning.command}` : `${meaning.means}${note}`;
};

test.each([
  ['list', 'show: posts'],
  ['my posts', 'show: posts'],
  ['what’s waiting?', 'show: waiting'],
  ['whats waiting for me', 'show: waiting'],
  ['queue', 'show: waiting'],
  ['today', 'show: calendar'],
  ["what's on today", 'show: calendar'],
  ['who approves what', 'show: people'],
  ['menu', 'show: help'],
  ['How do I delete a post?', 'show: help'],
  ['status', 'show: waiting'],
  ['status 1', 'show: show 1'],
  ['open post #12', 'show: show 12'],
  ['history 1', 'show: why 1'],
  ['photo 1', 'do: picture 1'],
  ['add a picture to #1', 'do: picture 1'],
  ['add this to 1', 'do: picture 1'],
  ['yes', 'answers'],
  ['approve', 'answers'],
  ['thanks!', 'thanks'],
  ['Thank you very much', 'thanks'],
  ['ok', 'answers'],
  ['Fine, thanks', 'answers'],
  ['Great', 'answers'],
  ['looks good to me', 'answers'],
  ['That’s fine by me.', 'answers'],
  ['agree', 'answers'],
  ['Approved, go ahead', 'answers'],
  ['👍', 'answers'],
  ['👍🏽', 'answers'],
  ['done', 'answers'],
  ['I approve', 'answers'],
  ['I approve it, thank you', 'answers'],
  ['yes please', 'answers'],
  ['Yes, publish it please', 'answers'],
  ['OK to go', 'answers'],
  ['ok, go ahead', 'answers'],
  ['I’m happy with this', 'answers'],
  ['not ok', 'answers'],
  ['That’s not right', 'answers'],
  ["I don't approve this", 'answers'],
  ['not yet', 'answers'],
  ['OK 👍', 'answers'],
  ['👍👍', 'answers'],
  ['ok, thumbs up', 'answers'],
  ['that is fine', 'answers'],
  ['go for it', 'answers'],
  ['Happy for this to go out', 'answers'],
  ['Approved - many thanks, Priya', 'answers'],
  ['send back', 'answers'],
  ['send it back please', 'answers'],
  ['send it back, Wrong road', 'answers "Wrong road"'],
  ['do not publish', 'answers'],
  ['fine by me but it should say Moor Road', 'answers "it should say Moor Road"'],
  ['Please change the time to 5pm', 'wishes "change the time to 5pm"'],
  ['can you change 4pm to 5pm', 'wishes "change 4pm to 5pm"'],
  ['not yet, change 5pm to 6pm', 'wishes "change 5pm to 6pm"'],
  ['the date is wrong', 'wishes "the date is wrong"'],
  ['make it 6pm', 'wishes "make it 6pm"'],
  ['change the picture', 'wishes "change the picture"'],
  ['draft plan', 'show: calendar'],
  ['OK but change the Time to 5pm', 'answers "change the Time to 5pm"'],
  ['Looks good to me, but say which Road.', 'answers "say which Road."'],
  ['I approve 1', 'decide 1'],
  ['not ok 1', 'decide 1'],
  ['approve 1', 'decide 1'],
  ['aprove 1', 'decide 1'],
  ['please approve #1', 'decide 1'],
  ['1 approve', 'decide 1'],
  ['reject 1', 'decide 1'],
  ['send 1', 'decide 1'],
  ['post 1', 'decide 1'],
  ['publish 1', 'decide 1'],
  ['take down 1', 'take-back 1'],
  ['takedown 1', 'take-back 1'],
  ['delete 1', 'take-back 1'],
  ['unpublish 1 please', 'take-back 1'],
  ['delete', 'which: remove'],
  ['undo', 'which: undo'],
  ['undo 1', 'undo 1'],
  ['change 1', 'change 1'],
  ['please cancel 1', 'do: cancel 1'],
  ['1 hold', 'do: hold 1'],
  ['can you show 1', 'show: show 1'],
  ["don't send 1", 'not-out 1'],
  ['do not publish #6', 'not-out 6'],
  ['send back 6: which shops?', 'decide 6 "which shops?"'],
  ['Refuse 6 - it is the wrong Road.', 'decide 6 "it is the wrong Road."'],
  ['send 6 back, please say Which road', 'decide 6 "please say Which road"'],
  ['don’t publish 6: wrong day', 'not-out 6 "wrong day"'],
  ['move 1 to Friday 9am', 'do: schedule 1 Friday 9am'],
  ['on leave until Friday', 'do: away until Friday'],
  ['I’m back', 'do: away no'],
  ['unpause', 'do: resume'],
  ['tweet: The road is open again.', 'do: propose The road is open again.'],
  ['new post', 'which: propose'],
  [
    'post: Two lines.\nAnd ½ of a third – it’s Bootle’s.',
    'do: propose Two lines.\nAnd ½ of a third – it’s Bootle’s.',
  ],
  [
    'Should I propose The NHS clinic, see https://x.gov.uk/AbC?',
    'do: propose The NHS clinic, see https://x.gov.uk/AbC?',
  ],
  ['Good morning Crier, take down 1', 'take-back 1'],
  ['take 1 down', 'take-back 1'],
  ['pass 1', 'decide 1'],
  ['post: Park closed', 'do: propose Park closed'],
])('%s', (typed, meaning) => {
  expect(said(otherWords(typed, names))).toBe(meaning);
});

test.each([
  'lorem ipsum',
  'The road is open again.',
  'Today the library in Bootle is open until 8pm.',
  'Delete old emails to save energy.',
  'Yes, the library is open.',
  'Not OK: leaving litter in Bootle.',
  '3 new bins for Crosby',
  'Change your details to your new address online.',
  'The library is open to 8pm.',
  'Make your home warmer this winter',
  'No, the library is shut: it opens at 9am.',
  'Thanks to everyone who came.',
])('%s is no command', (typed) => {
  expect(otherWords(typed, names)).toBeUndefined();
});

test('what does something is never done by other words, only shown, offered or asked about', () => {
  const doing = [
    'edit',
    'cancel',
    'schedule',
    'hold',
    'remove',
    'correct',
    'away',
    'propose',
    'stop',
    'resume',
  ];
  for (const word of doing) {
    const meaning = otherWords(`please ${word} 1`, names);
    expect(meaning?.means).not.toBe('show');
  }
});
