import type { Millis } from '../../core/time.ts';
import { blocking } from '../../posts/writing/draft.ts';
import { comingDown } from '../../posts/taking-down/over.ts';
import type { DeskRules } from '../../posts/post.ts';
import type { PostRefusal } from '../../posts/refusals.ts';
import { correctionDecidersName, departmentGoneWords } from '../route.ts';
import { notYoursToLetOut } from '../nobody-here.ts';
import { describedNowhereWords, endsEarlierWords, notAskedYetWords } from '../correction-form.ts';
import { accountName, departmentShort, nameOf, sayList, sayPeople, sentence } from '../names.ts';
import { buttons } from '../on-cards.ts';
import { count } from '../posts.ts';
import { stateName, stillWords } from '../state.ts';
import { sayDated, sayEnd, sayIsoDay, sayOn, sayTime, sayUntil } from '../times.ts';
import { hadTurned, onlyOnceRealWords, turnedUnsentWords } from '../turned.ts';
import { restCanBeCorrected } from '../held.ts';
import { actionWords, letsGoWords, onItsWayWords, opensOnceLetGo, restComesFirstWords } from './not-now.ts';
import { goneOnWords, justNow, refusedSinceWords } from './since.ts';
import { onlyTheseCan, onlyTheyDecide } from './who-can.ts';
import { sayFinding } from '../findings.ts';

/**
 * Why nothing came of what somebody asked for, and what they can do next.
 *
 * @param refusal exhaustive by type: a code without a sentence does not typecheck
 */
export function sayPostRefusal(refusal: PostRefusal, rules: DeskRules, now: Millis): string {
  switch (refusal.refused) {
    case 'not-a-person':
      return `Crier does not know you yet. Ask ${rules.desk.name} to add you to the protocol.`;
    case 'unknown-post':
      return refusal.facts.number === 0
        ? 'There is no such post.'
        : `There is no post #${String(refusal.facts.number)}. Type "posts" to see yours.`;
    case 'may-not-propose': {
      const { department, may } = refusal.facts;
      if (department === '')
        return `You do not write for a department. Ask ${rules.desk.name} to write it. Type "waiting" to see what waits for your decision.`;
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
      const since = lastDay === '' ? 'has not been recorded' : `ran out on ${sayIsoDay(lastDay, now)}`;
      return `The social media training of ${nameOf(person, rules)} ${since}. Ask ${rules.desk.name} for a place, or let a colleague do this.`;
    }
    case 'may-not-edit':
      return `You cannot change this post. ${onlyTheseCan(refusal.facts.may, rules)}`;
    case 'may-not-see':
      return `This post is not public yet, and only its department and ${rules.desk.name} can see it.`;
    case 'not-now':
      return `${actionWords(refusal.facts.action)}: this post is ${stateName(refusal.facts.state)}.${refusal.facts.state === 'held' && opensOnceLetGo.has(refusal.facts.action) ? ` First ${letsGoWords}` : ''}`;
    case 'on-its-way':
      return onItsWayWords(refusal.facts, rules);
    case 'being-taken-down':
      return refusal.facts.stuck
        ? `It cannot be taken down any further: it is ${stillWords(refusal.facts, rules)}. Once it has been taken down there all the same, say so on its card.`
        : `It is being taken down already, and is ${stillWords(refusal.facts, rules)}.`;
    case 'rest-comes-first':
      return restComesFirstWords(refusal.facts, rules);
    case 'correction-comes-first':
      return 'Somebody has asked for other words since. Nothing more of it goes out until that is decided: then it can be tried again.';
    case 'blocked':
      return cannotGoYetWords(refusal.facts.rules.length);
    case 'edit-blocked':
      return cannotGoYetWords(blocking(refusal.facts.found).length);
    case 'rest-stopped': {
      const cannot =
        'It cannot go on as it is: something in it has come to stand in the way. It stands under "Before it can go".';
      const drop = `ay in the note why, and press "${buttons[refusal.facts.instead]}"`;
      return refusal.facts.corrects
        ? `${cannot} ${restCanBeCorrected} Or s${drop}.`
        : `${cannot} S${drop}: what is public can be corrected then.`;
    }
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
    case 'accounts-turned':
      return `${sentence(hadTurned(refusal.facts, rules))} since that card was drawn, so nothing was decided by it. Here is the latest.`;
    case 'rehearses-now':
      return `Nothing has changed. ${onlyOnceRealWords(refusal.facts.account, rules)}`;
    case 'turned-unsent':
      return turnedUnsentWords(refusal.facts, rules);
    case 'another-correction': {
      const { by, at } = refusal.facts;
      return `${nameOf(by, rules)} asked for another correction ${justNow(at, now)}. Here is the latest.`;
    }
    case 'correction-settled': {
      const { did, by, at } = refusal.facts;
      return `${nameOf(by, rules)} ${settledBy[did]} ${justNow(at, now)}. Here is how it stands.`;
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
    case 'note-unread':
      return noteUnreadWords(refusal.facts, rules, now);
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
        : refusal.facts.state === 'held-for-words'
          ? 'This post is held already. Nothing more of it goes out before somebody has agreed to other words.'
          : refusal.facts.state === 'held'
            ? `This post is held already. Nothing more of it goes out as it is: ${letsGoWords}`
            : `There is nothing to hold: this post is ${stateName(refusal.facts.state)}.${refusal.facts.state === comingDown ? ' A hold does not stop that, since it makes less public.' : ''}`;
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
      return 'Say what was wrong, in words that the public can read.';
    case 'correction-waits-already':
      if (refusal.facts.own) {
        return 'You have asked for a correction already. Take that back first if it should say something else.';
      }
      return refusal.facts.agreed
        ? `The correction by ${nameOf(refusal.facts.by, rules)} is not made everywhere yet. What it still waits for stands below.`
        : `${nameOf(refusal.facts.by, rules)} has asked for a correction already. It has to be decided first.`;
    case 'correction-would-end':
      return endsEarlierWords(refusal.facts, rules);
    case 'names-another-end':
      return notAskedYetWords(refusal.facts, rules, now);
    case 'nothing-changed':
      return 'Nothing has changed, so everything stays as it was.';
    case 'described-nowhere':
      return describedNowhereWords(refusal.facts.again, rules);
    case 'link-needed':
      return 'Give the address of the post, beginning with https://, so that people can find it.';
    case 'link-or-none':
      return 'Give the address of the post, beginning with https://, or tick that it has none.';
    case 'new-words':
      return 'The words have been put right since. The new ones stand below: please post those, or change what you have posted already. Then press the button again.';
    case 'refused-since':
      return refusedSinceWords(refusal.facts.accounts, 'settled', rules);
    case 'settled-already':
      return 'This has been settled already. Here is how it stands.';
    case 'too-many-pictures':
      return `That is too many pictures. A post takes ${String(refusal.facts.most)} at most.`;
  }
}

/** @returns that so many things stop it, and where they stand */
const cannotGoYetWords = (things: number): string =>
  things === 1
    ? 'It cannot go yet. One thing has to be put right first. It stands under "Before it can go".'
    : `It cannot go yet. ${sentence(count(things))} things have to be put right first. They stand under "Before it can go".`;

/** What somebody did with a correction that others could still have decided on. */
const settledBy = {
  agreed: 'agreed to this correction',
  refused: 'did not agree to this correction',
  'taken-back': 'took this correction back',
} as const;

const notes = {
  approve: 'approve this, it goes out',
  release: 'release this, it goes on',
  'pass-on': 'pass this on, it goes out',
  agree: 'agree, it is corrected',
} as const;

/** What comes of a note beside the press that lets something out, and what to press if it asks for a change. */
function noteUnreadWords(
  { to, at, reads, here, back }: Extract<PostRefusal, { readonly refused: 'note-unread' }>['facts'],
  rules: DeskRules,
  now: Millis,
): string {
  const instead = to === 'agree' ? buttons.refuseCorrection : back ? buttons.sendBack : '';
  return [
    'Nothing has been decided yet.',
    `If you ${notes[to]}${at === null ? '' : ` ${sayOn(at, now)}`} as it stands here, and ${noteReadWords(reads, here, at, rules)}.`,
    'Press the same button again to do so.',
    ...(instead === ''
      ? []
      : [`If something should change first, press "${instead}": the note goes with it.`]),
  ].join(' ');
}

/** Who of those who wrote it reads the note, and whether that is before it goes out. */
function noteReadWords(reads: readonly string[], here: boolean, at: Millis | null, rules: DeskRules): string {
  if (reads.length === 0) return 'nobody who wrote it is here any more to read your note';
  const names = sayPeople(reads, rules);
  if (!here) return `${names} ${reads.length === 1 ? 'is' : 'are'} away and may not read your note before`;
  return `${names} ${reads.length === 1 ? 'reads' : 'read'} your note ${at === null ? 'after that' : 'before that'}`;
}

const noteNeeded = {
  'send-back': 'Say in the note what should change, so that the author knows.',
  refuse: 'Say in the note why it will not be published, so that the author knows.',
  'refuse-correction': 'Say in the note why it should not be corrected so. Whoever asked for it reads that.',
  'not-posted': 'Say why it will not be posted, so that its author knows. Then press the button again.',
  'not-taken-down':
    'Say why it cannot be taken down, so that its author and whoever took it down know. Then press the button again.',
} as const;

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
