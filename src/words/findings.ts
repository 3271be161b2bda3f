import type { FindingCode } from '../protocol/rules/codes.ts';
import { isFindingCode } from '../protocol/rules/codes.ts';
import { sayPlayed } from './files.ts';
import { sayIsoDay, sayUntil } from './times.ts';
import { sentence, mediumName, networkInSentence } from './names.ts';
import { networkNames } from '../protocol/protocol.ts';

/** A finding in words: what it is and why it matters, and how to put it right. */
export interface FindingWords {
  readonly what: string;
  readonly fix: string;
}

type Facts = Readonly<Record<string, string | number>>;

const say = (facts: Facts, name: string): string => String(facts[name] ?? '');

/** `1 word`, `3 words`. */
function count(facts: Facts, name: string, one: string, many = `${one}s`): string {
  const n = Number(facts[name] ?? 0);
  return `${n.toLocaleString('en-GB')} ${n === 1 ? one : many}`;
}

function network(facts: Facts): string {
  const name = say(facts, 'network');
  const known = networkNames.find((each) => each === name);
  return known === undefined ? name : networkInSentence(known);
}

const kindOf = (facts: Facts): 'picture' | 'video' => (say(facts, 'type') === 'video' ? 'video' : 'picture');

const medium = (facts: Facts, kind = kindOf(facts)): string =>
  mediumName(kind, Number(facts['number'] ?? 1) - 1, Number(facts['of'] ?? 0));

const anotherCopy = (facts: Facts, how: string): string =>
  `${how} in a new post, or leave ${network(facts)} out under "Where it goes".`;

/** How a video is exchanged in its post, for `which`. */
const inItsPlace = (which: string): string =>
  `Press "Edit", leave this video out and save. Then send ${which} with "picture" and the number of this post.`;

/** An account as a finding names it; one whose name was never kept is one of the accounts. */
function placed(facts: Facts): string {
  const name = say(facts, 'name');
  if (name === '') return 'one of its accounts';
  return say(facts, 'network') === 'by-hand' ? name : `${network(facts)} (${name})`;
}

/** Whether it is found in a correction, whose form has one text for all accounts. */
const isCorrection = (facts: Facts): boolean => say(facts, 'corrects') !== '';

/** Whether it is found in the reply that says what was wrong. */
const isInReply = (facts: Facts): boolean => say(facts, 'corrects') === 'what';

/** What to do about a text that is too long: what else can be done stands last. */
function shorter(facts: Facts, thread?: string): string {
  const own = isCorrection(facts) ? [] : ['write a shorter version for this account'];
  const ways = ['Shorten it', ...own, ...(thread === undefined ? [] : [thread])];
  const last = ways.length === 1 ? '' : `, or ${ways.pop() ?? ''}`;
  return `${ways.join(', ')}${last}.`;
}

const fixed =
  (what: string, fix: string): (() => FindingWords) =>
  () => ({ what, fix });

const sentences: Readonly<Record<FindingCode, (facts: Facts) => FindingWords>> = {
  'too-long': (facts) => {
    const [over, takes] = [count(facts, 'over', 'character'), count(facts, 'limit', 'character')];
    if (isInReply(facts))
      return {
        what: `What was wrong is ${over} too long for a reply on ${network(facts)}, which takes ${takes}.`,
        fix: 'Say it shorter.',
      };
    return {
      what: [
        `The text is ${over} too long for ${network(facts)}, which takes ${takes}${Number(facts['below'] ?? 0) > 0 ? ' with what was wrong below it' : ''}.`,
        ...(say(facts, 'network') === 'youtube'
          ? ['There a dash, a curly quotation mark or an accent counts as two or three.']
          : []),
      ].join(' '),
      fix: shorter(
        facts,
        say(facts, 'thread') !== 'possible'
          ? undefined
          : isCorrection(facts)
            ? 'put a line of --- where one post is to end and the next to begin'
            : 'choose "Post it as a thread" when you edit it',
      ),
    };
  },
  'thread-too-long': (facts) => ({
    what: `The ${isInReply(facts) ? 'reply' : 'thread'} would have ${count(facts, 'parts', 'post')} on ${network(facts)}; ${say(facts, 'most')} are the most.`,
    fix: isInReply(facts) ? 'Say shorter what was wrong.' : shorter(facts),
  }),
  'alt-missing': (facts) => ({
    what: `${sentence(medium(facts))} has no description. People who cannot see it would not know what it shows.`,
    fix: 'Say in one sentence what can be seen, with any words that are in it.',
  }),
  'alt-file-name': (facts) => ({
    what: `The description of ${medium(facts)} is a file name. It tells nobody what it shows.`,
    fix: 'Say in one sentence what can be seen, with any words that are in it.',
  }),
  'alt-says-nothing': (facts) => ({
    what: `The description of ${medium(facts)} does not say what it shows.`,
    fix: 'Say in one sentence what can be seen, with any words that are in it.',
  }),
  'captions-missing': (facts) => ({
    what: `${sentence(medium(facts, 'video'))} has no captions. People who cannot hear it would miss what is said.`,
    fix: 'Add a caption file, or say that the captions are part of the picture.',
  }),
  'captions-not-shown': (facts) => ({
    what: `${sentence(network(facts))} shows no caption file, so the captions of ${medium(facts, 'video')} would be missing there.`,
    fix: `If they can also be seen in the video itself, press Edit and say so. If not, leave ${network(facts)} out, or send a copy that has them in the picture.`,
  }),
  'recognised-unanswered': (facts) => ({
    what: `Nobody has said who can be recognised in ${medium(facts)}. People must have agreed before the council shows them.`,
    fix: 'Answer "Who can be recognised?" beside it.',
  }),
  'consent-form-missing': (facts) => ({
    what: `${sentence(medium(facts))} shows children, and the reference of the signed form is missing.`,
    fix: 'Give the reference of the form that their parents or carers signed, or use another one.',
  }),
  'origin-unanswered': (facts) => ({
    what: `Nobody has said whose ${facts['of'] === 1 ? `${kindOf(facts)} it` : medium(facts)} is. Using somebody else's without permission is unlawful.`,
    fix: `Answer "Whose ${kindOf(facts)} is it?" beside it.`,
  }),
  'permission-from-whom': (facts) => ({
    what: `${sentence(medium(facts))} is used with permission, but nobody has said whose.`,
    fix: 'Say who gave it, such as the photographer or the picture library.',
  }),
  'not-cleared': (facts) => ({
    what: `${sentence(medium(facts))} is somebody else's, and they have not agreed to its use.`,
    fix: 'Ask for their permission, or leave it out and use one of our own.',
  }),
  'takes-no-video': (facts) => ({
    what: `${sentence(network(facts))} takes no video.`,
    fix: `Leave ${network(facts)} out under "Where it goes", and write a post of its own for it with a link to the video.`,
  }),
  'video-needed': fixed(
    'YouTube takes nothing without a video.',
    'Add a video, or leave YouTube out under "Where it goes".',
  ),
  'for-children-unsaid': fixed(
    'YouTube has to know whether the video is made for children.',
    'Press Edit and answer under "On YouTube". It is a legal question: the answer must be true.',
  ),
  'one-still': (facts) => ({
    what: `${sentence(network(facts))} shows one picture as the still of the video, and there are several.`,
    fix: 'Keep one picture beside the video, or none.',
  }),
  'quote-beside-media': (facts) => ({
    what: `${sentence(network(facts))} takes no picture or video in a post that quotes another.`,
    fix: `Press Edit, and leave out the pictures and videos or the post to quote.`,
  }),
  'angle-brackets': fixed('YouTube takes no < or > in a title or text.', 'Write it without them.'),
  'too-many-videos': (facts) => ({
    what: `${sentence(network(facts))} takes one video in a post.`,
    fix: 'Keep one, and write another post for the other.',
  }),
  'picture-needed': (facts) => ({
    what: `${sentence(network(facts))} takes nothing without a picture or a video.`,
    fix: `Add one, or leave ${network(facts)} out under "Where it goes".`,
  }),
  'too-many-pictures': (facts) => ({
    what: `${sentence(network(facts))} takes ${count(facts, 'most', 'picture')} in a post.`,
    fix: `Leave some out, or write a post of its own for ${network(facts)}.`,
  }),
  'picture-small': (facts) => ({
    what: `${sentence(medium(facts))} is too small for ${network(facts)}: its shorter side has ${say(facts, 'side')} pixels, and ${say(facts, 'least')} are the fewest.`,
    fix: anotherCopy(facts, 'Send the original, which is larger'),
  }),
  'picture-narrow': (facts) => ({
    what: `${sentence(medium(facts))} is too tall and narrow for ${network(facts)}. The tallest that it takes is 5 high for 4 wide.`,
    fix: anotherCopy(facts, 'Crop it and send it again'),
  }),
  'picture-wide': (facts) => ({
    what: `${sentence(medium(facts))} is too wide for ${network(facts)}. The widest that it takes is nearly twice as wide as high.`,
    fix: anotherCopy(facts, 'Crop it and send it again'),
  }),
  'picture-moves': (facts) => ({
    what: `${sentence(medium(facts))} moves, and ${network(facts)} would show it standing still.`,
    fix: anotherCopy(facts, 'Send one that does not move'),
  }),
  'picture-moves-beside': (facts) => ({
    what: `${sentence(medium(facts))} moves, and ${network(facts)} takes no other picture beside one that does.`,
    fix: `Leave the others out, or write a post of its own for ${network(facts)}.`,
  }),
  'picture-bytes': (facts) => ({
    what: `${sentence(medium(facts))} is larger than the ${Math.floor(Number(facts['most']) / 1_000_000).toLocaleString('en-GB')} MB that ${network(facts)} takes.`,
    fix: anotherCopy(facts, 'Send a smaller copy'),
  }),
  'picture-unmade': (facts) => ({
    what: `There is no copy of ${medium(facts)} that ${network(facts)} takes.`,
    fix: anotherCopy(facts, 'Send it again, as a smaller JPEG if that does not help,'),
  }),
  'alt-too-long': (facts) => ({
    what: `The description of ${medium(facts)} is ${count(facts, 'over', 'character')} too long for ${network(facts)}, which takes ${count(facts, 'most', 'character')}.`,
    fix: 'Shorten it to what matters.',
  }),
  'video-type': (facts) => ({
    what: `${sentence(network(facts))} does not show videos of this kind of file.`,
    fix: `Save the video as MP4. ${inItsPlace('that')}`,
  }),
  'video-packed': (facts) => ({
    what: `${sentence(network(facts))} cannot show how this video is packed.`,
    fix: `Save the video as MP4 with H.264. On an iPhone: Settings, Camera, Formats, Most Compatible. ${inItsPlace('that')}`,
  }),
  'video-bytes': (facts) => ({
    what: `The video is larger than the ${Math.floor(Number(facts['most']) / 1_000_000).toLocaleString('en-GB')} MB that ${network(facts)} takes.`,
    fix: inItsPlace('a smaller copy'),
  }),
  'video-short': (facts) => ({
    what: `The video is shorter than the ${sayPlayed(Number(facts['limit']))} that ${network(facts)} wants.`,
    fix: `${inItsPlace('a longer one')} Or leave that account out.`,
  }),
  'video-long': (facts) => ({
    what: `The video is longer than the ${sayPlayed(Number(facts['limit']))} that ${network(facts)} takes.`,
    fix: `${inItsPlace('a shorter one')} Or leave that account out.`,
  }),
  'video-shape': (facts) => ({
    what: `${sentence(network(facts))} does not take a video as narrow or as wide as this.`,
    fix: `${inItsPlace('a cropped copy')} Or leave that account out.`,
  }),
  'video-not-streamable': (facts) => ({
    what: `${sentence(network(facts))} cannot begin to show this video before it has all of it.`,
    fix: `Save it once more for the web ("fast start"). ${inItsPlace('that')}`,
  }),
  'hashtag-not-camel-case': (facts) => ({
    what: `#${say(facts, 'tag')} does not begin each word with a capital, so screen readers cannot tell the words apart.`,
    fix: 'Begin every word of the hashtag with a capital, as in #SeftonCoast.',
  }),
  'hashtag-not-at-end': (facts) => ({
    what: `#${say(facts, 'tag')} stands in the middle of the text, where it is hard to read and to listen to.`,
    fix: 'Write it as plain words there, or move the hashtag to the end.',
  }),
  'too-many-hashtags': (facts) => ({
    what: `There are ${count(facts, 'count', 'hashtag')}; ${say(facts, 'most')} are the most.`,
    fix: 'Keep those that people really look for.',
  }),
  'too-many-emoji': (facts) => ({
    what: `There are ${say(facts, 'count')} emoji; ${say(facts, 'most')} are the most. Screen readers read out the name of each.`,
    fix: 'Take some out.',
  }),
  'emoji-repeated': (facts) => ({
    what: `${say(facts, 'emoji')} is there ${say(facts, 'count')} times. Screen readers read out its name each time.`,
    fix: 'Keep one.',
  }),
  'sentence-too-long': (facts) => ({
    what: `This sentence has ${count(facts, 'words', 'word')}. Above ${say(facts, 'most')}, many people lose the thread.`,
    fix: 'Make two or more sentences of it.',
  }),
  'hard-to-read': fixed(
    'The text is very hard to read.',
    'Use shorter, everyday words and shorter sentences.',
  ),
  'too-many-links': (facts) => ({
    what: `There are ${count(facts, 'count', 'link')}. With more than ${say(facts, 'most')}, people do not know what to do first.`,
    fix: 'Keep the one link that people need most.',
  }),
  'account-gone': (facts) => ({
    what: `${sentence(placed(facts))} is not in the protocol any more, so it cannot go out there.`,
    fix: 'Press "Edit", look at "Where it goes" and save: it is left out then.',
  }),
  'account-of-others': (facts) => ({
    what: `By the protocol as it is now, ${placed(facts)} is for ${say(facts, 'theirs')} alone.`,
    fix: 'Press "Edit" and take it out under "Where it goes".',
  }),
  'card-number': fixed(
    'This looks like a bank card number.',
    "Take it out. Nobody's card number may be published.",
  ),
  'phone-number': fixed(
    "This phone number is not on the council's list, so it may belong to a resident.",
    "Take it out, or give one of the council's own numbers instead.",
  ),
  'national-insurance-number': fixed(
    'This looks like a National Insurance number.',
    'Take it out. It identifies one person.',
  ),
  'nhs-number': fixed("This looks like somebody's NHS number.", 'Take it out. It identifies one person.'),
  'email-address': fixed(
    "This email address is not the council's or a partner's, so it may belong to a resident.",
    "Take it out, or give one of the council's own addresses instead.",
  ),
  'home-address': fixed(
    "This looks like the address of somebody's home.",
    'Leave out the house number, or name the area only. If it is a public building, say which one.',
  ),
  'party-named': (facts) => ({
    what: `${say(facts, 'party')} is named as a political party. The council must not seem to take sides.`,
    fix: 'Take the party out and say what the council does or decided.',
  }),
  'steers-voters': fixed(
    'This tells people how to vote or what to think of when they do. The council must not seek to influence voters.',
    'Take it out. When, where and how to vote may be said.',
  ),
  'promotes-councillor': (facts) => ({
    what: `This praises or credits one councillor (${say(facts, 'councillor')}). The council's accounts must not promote one.`,
    fix: 'Say what the council did or decided, without the praise. Naming a councillor in office is fine.',
  }),
  'named-allegation': (facts) => ({
    what: `${say(facts, 'name')} is named together with something bad that they are said to have done. That may be unlawful to publish.`,
    fix: 'Take the name out, or take out what is said against them.',
  }),
  'described-allegation': (facts) => ({
    what: `People may be able to tell who "${say(facts, 'name')}" is, and something bad is said about them. That may be unlawful to publish.`,
    fix: 'Take out what they can be told by, or what is said against them.',
  }),
  'named-court-result': (facts) => ({
    what: `${say(facts, 'name')} is named with the result of a court case or an investigation.`,
    fix: 'Legal must check the wording first. Or take the name out.',
  }),
  'politician-in-election': (facts) => ({
    what: `This speaks of one politician (${say(facts, 'politician')}) while ${say(facts, 'election')} are near, up to ${sayIsoDay(say(facts, 'until'))}. The council must not seem to favour anybody who may stand.`,
    fix: 'Take the politician out, also from descriptions of pictures, or let an officer speak.',
  }),
  'new-campaign-in-election': (facts) => ({
    what: `The campaign "${say(facts, 'campaign')}" would begin while ${say(facts, 'election')} are near, up to ${sayIsoDay(say(facts, 'until'))}.`,
    fix: "Wait until after polling day. A campaign that was there before belongs on the protocol's list of campaigns.",
  }),
  'launch-in-election': (facts) => ({
    what: `This reads like the start of a campaign while ${say(facts, 'election')} are near, up to ${sayIsoDay(say(facts, 'until'))}.`,
    fix: 'Wait until after polling day, or say only what people need to know about the service.',
  }),
  'house-word': (facts) => ({
    what: `"${say(facts, 'word')}" should not be used. ${say(facts, 'why')}`,
    fix: 'Use another word, or leave it out.',
  }),
  'house-word-instead': (facts) => ({
    what: `"${say(facts, 'word')}" should not be used. ${say(facts, 'why')}`,
    fix: `Write "${say(facts, 'instead')}" instead.`,
  }),
};

/**
 * Puts what a rule of wording found, or a day word that would mean another day, into words for people.
 *
 * @param media how many pictures and videos stand beside the words
 */
export function sayFinding(
  finding: { readonly code: string; readonly facts: Facts },
  media: number,
): FindingWords {
  const { code, facts } = finding;
  if (isFindingCode(code)) return sentences[code]({ ...facts, of: media });
  if (code === 'day-word-moved') {
    return {
      what: `"${say(facts, 'word')}" would mean ${sayIsoDay(say(facts, 'means'))} when this goes out, not ${sayIsoDay(say(facts, 'meant'))}.`,
      // What is public is corrected at once.
      fix: isCorrection(facts) ? 'Write the day itself.' : 'Write the day itself, or choose another time.',
    };
  }
  if (code === 'end-over') {
    const end = Number(facts['end']);
    return {
      what: `"${say(facts, 'words')}" is over when this goes out: it means ${sayUntil(end, end)}.`,
      fix: `Say until when it goes on, or that it is over.${isCorrection(facts) ? '' : ' If it is still to come, choose a time before it.'}`,
    };
  }
  throw new Error(`no words for the finding ${code}`);
}
