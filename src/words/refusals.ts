import type { Refusal } from '../core/change.ts';
import { isTooLong } from '../core/too-long.ts';
import type { SignInRefusal } from '../people/sign-in.ts';
import { minutes, type Millis } from '../core/time.ts';
import type { DeskRules, PostState } from '../posts/post.ts';
import type { PostRefusal } from '../posts/refusals.ts';
import { sayFinding } from './findings.ts';
import { correctionDecidersName, departmentGoneWords, knowsWords, notYoursToLetOut } from './asked.ts';
import { endsEarlierWords } from './corrections.ts';
import { buttons } from './on-cards.ts';
import { accountName, departmentShort, nameOf, sayList, sayPeople, sentence } from './names.ts';
import { count, stateName, stillWords } from './posts.ts';
import { heldBy } from './steps.ts';
import { tooLongWords } from './too-long.ts';
import { sayDated, sayEnd, sayIsoDay, sayOn, sayTime, sayUntil } from './times.ts';

/**
 * Why nothing came of what somebody asked for, and what they can do next.
 *
 * @param refusal exhaustive by type: a code without a sentence does not typecheck
 */
function sayRefusal(refusal: PostRefusal, rules: DeskRules, now: Millis): string {
  switch (refusal.refused) {
    case 'not-a-person':
      return `Crier does not know you yet. Ask ${rules.desk.name} to add you to the protocol.`;
    case 'unknown-post':
      return refusal.facts.number === 0
        ? 'There is no such post.'
        : `There is no post #${String(refusal.facts.number)}. Type "posts" to see yours.`;
    case 'may-not-propose': {
      const { department, may } = refusal.facts;
      if (department === '') return `You do not write for a department. ${onlyTheseCan(may, rules)}`;
      return `You cannot write for ${departmentShort(department, rules)}. ${onlyTheseCan(may, rules)}`;
    }
    case 'no-department-yet':
      return `Which department is this for? ${sayList(
        refusal.facts.departments.map((department) => departmentShort(department, rules)),
        'or',
      )}?`;
    case 'empty-text':
      return 'There is nothing to say yet. Write what the public should read.';
    case 'too-much-written': {
      const { characters, most } = refusal.facts;
      return `All texts of this post together have ${characters.toLocaleString('en-GB')} characters. A post takes ${most.toLocaleString('en-GB')}, so that whoever decides can read all of it here. Shorten it, or put the whole on a page and link to it.`;
    }
    case 'department-gone': {
      const { department, may } = refusal.facts;
      return departmentGoneWords(department, may, rules);
    }
    case 'no-accounts':
      return 'Choose at least one place for it to go.';
    case 'playlist-unknown':
      return 'YouTube has no such list. Choose again whom the video is for.';
    case 'not-quotable':
      return 'What stands under "Post on X to quote" is not the address of a post on X. Open that post, copy its link, and paste it here; it looks like https://x.com/name/status/1234567890. Leave it empty to quote nothing.';
    case 'account-unknown':
      return 'One of the accounts is not in the protocol any more. Choose again where it should go.';
    case 'account-not-yours': {
      const { account, departments } = refusal.facts;
      const theirs = sayList(departments.map((department) => departmentShort(department, rules)));
      return `${accountName(account, rules)} is only for ${theirs}. Take it out, or ask ${rules.desk.name}.`;
    }
    case 'department-first': {
      const { account, departments } = refusal.facts;
      const theirs = sayList(departments.map((department) => departmentShort(department, rules)));
      const name = accountName(account, rules);
      return `${name} is only for ${theirs}. First save this without it and choose on its card which department it is for. Then edit it again and add ${name}.`;
    }
    case 'not-trained': {
      const { person, lastDay } = refusal.facts;
      const since = lastDay === '' ? 'has not been recorded' : `ran out on ${sayIsoDay(lastDay)}`;
      return `The social media training of ${nameOf(person, rules)} ${since}. Ask ${rules.desk.name} for a place, or let a colleague do this.`;
    }
    case 'may-not-edit':
      return `You cannot change this post. ${onlyTheseCan(refusal.facts.may, rules)}`;
    case 'may-not-see':
      return `This post is not public yet, and only its department and ${rules.desk.name} can see it.`;
    case 'not-now':
      if (refusal.facts.action === 'correct' && refusal.facts.state === 'held') {
        return 'It cannot be corrected while it is held. First somebody has to let it go on, or decide that it does not.';
      }
      return `${actionWords(refusal.facts.action)}: this post is ${stateName(refusal.facts.state)}.`;
    case 'on-its-way':
      return onItsWayWords(refusal.facts, rules);
    case 'being-taken-down':
      return `It is being taken down already, and is ${stillWords(refusal.facts, rules)}.`;
    case 'rest-comes-first':
      return restComesFirstWords(refusal.facts, rules);
    case 'correction-comes-first':
      return 'Somebody has asked for other words since. Nothing more of it goes out until that is decided: then it can be tried again.';
    case 'blocked':
      return refusal.facts.rules.length === 1
        ? 'It cannot go yet. One thing has to be put right first. It stands under "Before it can go".'
        : `It cannot go yet. ${sentence(count(refusal.facts.rules.length))} things have to be put right first. They stand under "Before it can go".`;
    case 'rest-stopped':
      return `It cannot go on as it is: something in it has come to stand in the way. It stands under "Before it can go". Say in the note why, and press "${buttons[refusal.facts.instead]}": what is public can be corrected then.`;
    case 'correction-blocked':
      return 'This correction cannot be asked for as it is. What has to be put right first stands below its words.';
    case 'correction-stopped':
      return `It cannot be corrected so: something in it has come to stand in the way. It stands under "Before it can go". Say in the note what to change and press "${buttons.refuseCorrection}", or ask ${nameOf(refusal.facts.by, rules)} to take the request back. Then it can be asked for anew.`;
    case 'blocked-then':
      return blockedThenWords(refusal.facts, rules, now);
    case 'nobody-can-decide':
      return `${refusal.facts.have === 0 ? 'Nobody' : 'Not enough'} of ${refusal.facts.stage} may decide this by the protocol as it is now, since nobody decides on what they wrote or last edited. Have somebody named in the protocol, then send it again.`;
    case 'edited-since':
      return 'This has been edited since. Here is the latest.';
    case 'gone-on-since':
      return `${goneOnWords(refusal.facts, rules, now)} Here is the latest.`;
    case 'another-correction': {
      const { by, at } = refusal.facts;
      return `${nameOf(by, rules)} asked for another correction ${justNow(at, now)}. Here is the latest.`;
    }
    case 'own-work':
      return refusal.facts.others.length === 0
        ? `You wrote this, so somebody else has to approve it. Nobody else can at the moment: ask ${rules.desk.name}.`
        : `You wrote this, so somebody else has to approve it: ${sayPeople(refusal.facts.others, rules, 'or')}.`;
    case 'own-work-let-out':
      return notYoursToLetOut(refusal.facts.others, refusal.facts.mayAskAgain, rules, now);
    case 'not-asked':
      return onlyTheyDecide(refusal.facts.stage, refusal.facts.asked, rules, now);
    case 'not-asked-to-agree': {
      const { department, asked } = refusal.facts;
      return onlyTheyDecide(correctionDecidersName(department, rules), asked, rules, now);
    }
    case 'already-decided':
      return 'You have decided on this already. It waits for somebody else now.';
    case 'somebody-was-first': {
      const { by, at, next, look } = refusal.facts;
      const rest = next === '' ? 'Nothing is left to decide.' : `It is now with ${next}.`;
      if (by === '' || at === null) return rest;
      return `${nameOf(by, rules)} ${look === true ? 'passed this on' : 'approved this'} ${justNow(at, now)}. ${rest}`;
    }
    case 'not-confirmed':
      return 'Tick the line above the buttons first: the facts are right and you are content for the council to say this.';
    case 'note-needed':
      return noteNeeded[refusal.facts.for];
    case 'planned-time-passed':
      return `The planned time, ${sayDated(refusal.facts.at, now)}, has passed. When should it go out?`;
    case 'time-in-the-past':
      return `${sentence(sayTime(refusal.facts.at, now))} has passed already. Give a time to come.`;
    case 'ends-before-it-goes-out': {
      const { until, when } = refusal.facts;
      return `It would end ${sayEnd(until, now)}, before it goes out ${sayOn(when, now, until)}. Change one of the two.`;
    }
    case 'ends-before-it-is-shown': {
      const { until, when } = refusal.facts;
      return `It would end ${sayEnd(until, now)}, before its film is shown ${sayOn(when, now, until)}. Change one of the two.`;
    }
    case 'end-passed':
      return `Its end, ${sayUntil(refusal.facts.until, now)}, has passed. Give it a later end, or none.`;
    case 'new-end-passed':
      return `The new end, ${sayUntil(refusal.facts.until, now)}, has passed meanwhile, so it cannot be corrected so. Say so in the note and press "${buttons.refuseCorrection}", or ask ${nameOf(refusal.facts.by, rules)} to take the request back. Then it can be asked for anew, with a later end or none.`;
    case 'may-not-hold':
      return `You cannot hold ${refusal.facts.all === true ? 'everything' : 'this post'}. ${onlyTheseCan(refusal.facts.may, rules)}`;
    case 'nothing-to-hold':
      return refusal.facts.state === 'safety'
        ? 'This is safety information, so it goes out although everything is held.'
        : `There is nothing to hold: this post is ${stateName(refusal.facts.state)}.`;
    case 'is-public': {
      const { action, state, may, own } = refusal.facts;
      const why = `${action === 'hold' ? 'There is nothing to hold' : actionWords(action)}: this post is ${stateName(state)}.`;
      return own
        ? `${why} To take it down, press "${buttons.remove}".`
        : `${why} ${may.length === 0 ? rules.desk.name : sayPeople(may, rules)} can take it down. Ask now if it cannot wait.`;
    }
    case 'may-not-remove':
      return `You cannot take this down. ${onlyTheseCan(refusal.facts.may, rules)} Ask one of them now if it cannot wait.`;
    case 'may-not-correct':
      return `You cannot correct this post. ${onlyTheseCan(refusal.facts.may, rules)}`;
    case 'say-what-was-wrong':
      return 'Say what was wrong, in words that the public can read. They will see it with the correction.';
    case 'correction-waits-already':
      if (refusal.facts.own) {
        return 'You have asked for a correction already. Take that back first if it should say something else.';
      }
      return refusal.facts.agreed
        ? `The correction by ${nameOf(refusal.facts.by, rules)} is not made everywhere yet. What it still waits for stands below.`
        : `${nameOf(refusal.facts.by, rules)} has asked for a correction already. It has to be decided first.`;
    case 'correction-would-end':
      return endsEarlierWords(refusal.facts, rules);
    case 'nothing-changed':
      return 'Nothing has changed, so everything stays as it was.';
    case 'link-needed':
      return 'Give the address of the post, beginning with https://, so that people can find it.';
    case 'link-or-none':
      return 'Give the address of the post, beginning with https://, or tick that it has none.';
    case 'new-words':
      return 'The words have been put right since. The new ones stand below: please post those, or change what you have posted already. Then press the button again.';
    case 'settled-already':
      return 'This has been settled already. Here is how it stands.';
    case 'too-many-pictures':
      return `That is too many pictures. A post takes ${String(refusal.facts.most)} at most.`;
  }
}

/** An old card may be pressed days later. */
const justNow = (at: Millis, now: Millis): string =>
  now - at < minutes(5) ? 'a moment ago' : sayOn(at, now);

/** Why it cannot go out then, and what whoever wanted that can do about it. */
function blockedThenWords(
  facts: Extract<PostRefusal, { readonly refused: 'blocked-then' }>['facts'],
  rules: DeskRules,
  now: Millis,
): string {
  const { at, media, found, can, ask, byTime } = facts;
  const said = found.map((finding) => sayFinding(finding, media));
  const what = said.map((each) => (can === 'edit' ? `${each.what} ${each.fix}` : each.what)).join(' ');
  const other = byTime ? 'choose another time' : '';
  const change = {
    edit: '',
    'send-back': `press "${buttons.sendBack}" on its card and say what should change`,
    ask: `ask ${sayPeople(ask, rules, 'or')} to put that right`,
    nothing: '',
  }[can];
  const ways = can === 'edit' ? '' : [other, change].filter((way) => way !== '').join(', or ');
  const next = can === 'nothing' ? ' Its words cannot be changed any more, since it has begun to leave.' : '';
  const when = at === null ? 'as soon as it is approved' : sayOn(at, now);
  return `It cannot go out ${when}. ${what}${next}${ways === '' ? '' : ` ${sentence(ways)}.`}`;
}

type GoneOn = Extract<PostRefusal, { readonly refused: 'gone-on-since' }>['facts'];

const didSince: Readonly<Record<Exclude<GoneOn['did'], 'held'>, string>> = {
  changed: 'changed this',
  retimed: 'chose another time for this',
  'sent-back': 'sent this back',
  'asked-again': 'asked for approval of this again',
  'department-chosen': 'chose another department for this',
  sent: 'sent this for approval again',
};

/** What somebody did with a post since a card of it was drawn. */
function goneOnWords({ did, ...how }: GoneOn, rules: DeskRules, now: Millis): string {
  const { by, at } = how;
  const when = justNow(at, now);
  if (did !== 'held') return `${nameOf(by, rules)} ${didSince[did]} ${when}.`;
  return sentence(heldBy(how, when, rules));
}

const noteNeeded = {
  'send-back': 'Say in the note what should change, so that the author knows.',
  refuse: 'Say in the note why it will not be published, so that the author knows.',
  'refuse-correction': 'Say in the note why it should not be corrected so. Whoever asked for it reads that.',
  'not-posted': 'Say why it will not be posted, so that its author knows. Then press the button again.',
} as const;

/** Which input of a card a refusal is about, so that it can be said beside the field; most are about none. */
const fields: Readonly<Record<PostRefusal['refused'], string | undefined>> = {
  'not-a-person': undefined,
  'unknown-post': undefined,
  'may-not-propose': undefined,
  'no-department-yet': undefined,
  'empty-text': 'text',
  'too-much-written': 'text',
  'department-gone': undefined,
  'no-accounts': 'accounts',
  'playlist-unknown': undefined,
  'not-quotable': 'quote',
  'account-unknown': 'accounts',
  'account-not-yours': 'accounts',
  'department-first': 'accounts',
  'not-trained': undefined,
  'may-not-edit': undefined,
  'may-not-see': undefined,
  'not-now': undefined,
  'on-its-way': undefined,
  'being-taken-down': undefined,
  'rest-comes-first': undefined,
  'correction-comes-first': undefined,
  blocked: undefined,
  'rest-stopped': undefined,
  'correction-blocked': undefined,
  'correction-stopped': undefined,
  'new-end-passed': undefined,
  'blocked-then': 'when',
  'nobody-can-decide': undefined,
  'edited-since': undefined,
  'gone-on-since': undefined,
  'another-correction': undefined,
  'own-work': undefined,
  'own-work-let-out': undefined,
  'not-asked': undefined,
  'not-asked-to-agree': undefined,
  'already-decided': undefined,
  'somebody-was-first': undefined,
  'not-confirmed': 'confirm',
  'note-needed': 'note',
  'planned-time-passed': 'when',
  'time-in-the-past': 'when',
  'ends-before-it-goes-out': 'until',
  'ends-before-it-is-shown': 'until',
  'end-passed': 'until',
  'may-not-hold': undefined,
  'nothing-to-hold': undefined,
  'is-public': undefined,
  'may-not-remove': undefined,
  'may-not-correct': undefined,
  'say-what-was-wrong': 'what',
  'correction-waits-already': undefined,
  'correction-would-end': 'ends',
  'nothing-changed': undefined,
  // the form with the link has one for each account; the card says it above
  'link-needed': undefined,
  'link-or-none': undefined,
  'new-words': undefined,
  'settled-already': undefined,
  'too-many-pictures': undefined,
};

/** The refusals of people and of Teams channels. */
type OtherRefusal =
  | (Refusal<'another-object-id'> & { readonly facts: { readonly person: string } })
  | (Refusal<'nothing-new'> & { readonly facts: Record<never, never> })
  | (Refusal<'may-not-choose-channel'> & {
      readonly facts: { readonly of: string; readonly may: readonly string[] };
    })
  | SignInRefusal
  | (Refusal<'channel-has-guests'> & { readonly facts: { readonly may: readonly string[] } });

const others: Readonly<Record<OtherRefusal['refused'], true>> = {
  'another-object-id': true,
  'nothing-new': true,
  'may-not-choose-channel': true,
  'channel-has-guests': true,
  'may-not-let-in': true,
  'own-new-account': true,
  'no-new-account': true,
  'newer-account': true,
};

function isPostRefusal(refusal: Refusal): refusal is PostRefusal {
  return Object.hasOwn(fields, refusal.refused);
}

/** @returns whether it is what was typed for a correction that stands in its way */
export const isBlockedCorrection = (
  refusal: Refusal,
): refusal is Extract<PostRefusal, { readonly refused: 'correction-blocked' }> =>
  refusal.refused === 'correction-blocked';

function isOtherRefusal(refusal: Refusal): refusal is OtherRefusal {
  return Object.hasOwn(others, refusal.refused);
}

/** Above an answer to what came to nothing. */
export const didNotWork = 'That did not work';

/** @returns any refusal in words, and the id of the input that it is about, where it is about one */
export function refusalWords(
  refusal: Refusal,
  rules: DeskRules,
  now: Millis,
): { readonly words: string; readonly field?: string } {
  if (isPostRefusal(refusal)) {
    const field = fields[refusal.refused];
    const words = sayRefusal(refusal, rules, now);
    return field === undefined ? { words } : { words, field };
  }
  if (isTooLong(refusal))
    return { words: refusal.facts.texts.map((text) => tooLongWords(text, [], rules)).join(' ') };
  if (isOtherRefusal(refusal)) return { words: sayOther(refusal, rules) };
  return { words: `${didNotWork}, and nothing has been changed. Please try again in a moment.` };
}

/** @returns for somebody whose form was open when the post went out: what it says is asked for as a correction */
export const asCorrectionWords = (why: string): string =>
  `${why} What you typed stands below, as a correction of what is public. Say what was wrong, and one other person has to agree. Or press "Back without saving" to leave it as it is.`;

/** @returns what somebody typed in a form that came too late, so that it is not lost */
export const notSavedWords = (why: string, typed: string): string => `${why} You had typed: "${typed}"`;

/** @returns for somebody whose form is of older words: what stands there now, which theirs would take the place of */
export function changedMeanwhileWords(
  { revision }: PostState,
  person: string,
  latest: string,
  rules: DeskRules,
): string {
  const who = revision.by === person ? 'You have' : `${nameOf(revision.by, rules)} has`;
  return `${who} changed this since. It now says: "${latest}" What you typed stands below. If you save it, it takes the place of that.`;
}

function sayOther(refusal: OtherRefusal, rules: DeskRules): string {
  switch (refusal.refused) {
    case 'another-object-id':
      return `Somebody else is known to Crier under the name of ${nameOf(refusal.facts.person, rules)}. Please tell ${rules.desk.name}.`;
    case 'nothing-new':
      return 'Nothing has changed, so everything stays as it was.';
    case 'may-not-choose-channel':
      return `You cannot choose the Teams channel of ${departmentShort(refusal.facts.of, rules)}. ${onlyTheseCan(refusal.facts.may, rules)}`;
    case 'channel-has-guests':
      return `There are guests in this Teams channel, who would read posts before they are public. Only ${sayPeople(refusal.facts.may, rules, 'or')} can choose it all the same.`;
    case 'may-not-let-in':
      return `Only the desk can let somebody in with a new account. ${onlyTheseCan(refusal.facts.may, rules)}`;
    case 'own-new-account':
      return `Somebody else has to confirm that you have a new account. ${onlyTheseCan(refusal.facts.may, rules)}`;
    case 'no-new-account':
      return `No new account of ${nameOf(refusal.facts.person, rules)} waits to be let in. If they have one, ask them to say hello to me first, then try again.`;
    case 'newer-account':
      return `Something has changed since this card was drawn. Type "sign-in of ${nameOf(refusal.facts.person, rules)}" again.`;
  }
}

/** Why what is public of a post cannot be corrected before the rest of it is settled, and how it can. */
function restComesFirstWords(
  {
    number,
    held,
    waits,
  }: { readonly number: number; readonly held: boolean; readonly waits: readonly string[] },
  rules: DeskRules,
): string {
  const rest = `presses "${buttons.refuseRest}"`;
  if (held)
    return `What is public cannot be corrected while the rest is held. It can once somebody who may approve it ${rest}, or has released the rest where nothing is stopped.`;
  const places = sayList(waits.map((account) => accountName(account, rules)));
  return `What is public cannot be corrected while only the beginning of its thread stands on ${places}. Most often the rest follows within a minute. Where the card says that it waits for longer, or asks the desk whether something arrived, that comes first. To wait for nothing, type "hold ${String(number)}": once somebody who may approve it then ${rest}, it can be corrected.`;
}

const openOnceHeld = {
  edit: 'it can be changed',
  cancel: 'it can be cancelled',
  schedule: 'another time can be chosen',
} as const;

/** Why what is leaving can not be changed, cancelled or planned anew, and how what is left of it is kept back. */
function onItsWayWords(
  facts: Extract<PostRefusal, { readonly refused: 'on-its-way' }>['facts'],
  rules: DeskRules,
): string {
  const { action, waits } = facts;
  const number = String(facts.number);
  const places = sayList(waits.map((account) => accountName(account, rules)));
  const until = `until ${places} ${waits.length === 1 ? 'is' : 'are'} connected again`;
  const how =
    waits.length === 0
      ? 'this post is on its way out'
      : facts.public
        ? `part of it is public, and the rest waits ${until}`
        : `it waits ${until}`;
  const hold =
    facts.untouched || (action === 'schedule' && !facts.public)
      ? `Type "hold ${number}" to keep it back: then ${openOnceHeld[action]}`
      : `Type "hold ${number}" to keep back what has not left`;
  const ways = [
    ...(action === 'cancel' && facts.public ? [`"remove ${number}" to take down what is public`] : []),
    ...(action === 'edit' && facts.correctable ? [`"correct ${number}" to change what is public`] : []),
  ];
  return `${actionWords(action)}: ${how}. ${[hold, ...ways].join(', or ')}.`;
}

const actions: Readonly<Record<string, string>> = {
  edit: 'It cannot be changed now',
  send: 'It cannot be sent now',
  schedule: 'Its time cannot be changed now',
  decide: 'There is nothing to decide',
  cancel: 'It cannot be cancelled now',
  correct: 'It cannot be corrected now',
  remove: 'There is nothing to take down',
  'try-again': 'There is nothing to try again',
  'send-back': 'It cannot be sent back now',
  refuse: 'There is nothing to decide',
  'choose-department': 'Its department cannot be changed now',
};

function actionWords(action: string): string {
  return actions[action] ?? 'That cannot be done now';
}

function onlyTheseCan(may: readonly string[], rules: DeskRules): string {
  return may.length === 0 ? `${rules.desk.name} can help.` : `${sayPeople(may, rules)} can.`;
}

/** That others decide, and who of them is here. */
function onlyTheyDecide(stage: string, asked: readonly string[], rules: DeskRules, now: Millis): string {
  const here = asked.filter((person) => (rules.away[person] ?? 0) <= now);
  if (asked.length === 0)
    return `Only ${stage} can decide this, and nobody of them may by the protocol as it is now. ${knowsWords(rules, now)}`;
  return here.length === 0
    ? `Only ${stage} can decide this. All of them are away. ${knowsWords(rules, now)}`
    : `Only ${stage} can decide this. Today that is ${sayPeople(here, rules)}.`;
}
