import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { DeskRules } from '../../src/posts/post.ts';
import { parseProtocol } from '../../src/protocol/parse.ts';
import { findDepartment } from '../../src/protocol/people.ts';
import { readProposal } from '../../src/teams/typed/proposal.ts';

const parsed = parseProtocol(await readFile(new URL('../../protocol.yaml', import.meta.url), 'utf8'));
if (!parsed.ok) throw new Error('the sample protocol is wrong');
const rules: DeskRules = { ...parsed.protocol, away: {} };

const labelled = z.object({ text: z.string() });

/** What was read, in one line: the text, what Crier was told in front of it, and what it says or asks about that. */
function read(typed: string, person: string): string {
  const said = readProposal(typed, person, rules);
  const { text, department, urgency, accounts, isMore, taken, asked, ending } = said;
  const departments =
    asked === undefined || asked.is === 'stays' ? '' : ` ${asked.departments.map(({ id }) => id).join('+')}`;
  return [
    text,
    ...(department === undefined ? [] : [`for ${department.id}`]),
    ...(urgency === 'normal' ? [] : [urgency]),
    ...(accounts === undefined ? [] : [`${isMore === true ? 'also ' : ''}on ${accounts.join('+')}`]),
    ...(taken === undefined ? [] : [`took "${taken}"`]),
    ...(asked === undefined ? [] : [`${asked.is} "${asked.words}"${departments}`.trim()]),
    ...(ending === undefined ? [] : [`ends "${ending}"`]),
  ].join(' | ');
}

const nadia = 'nadia-hartley';
const ellen = 'ellen-rimmer';
const sam = 'sam-kenrick';
const bethan = 'bethan-prys';

/** Told to Crier, and no part of the text; said where it may have headed the text or changes who decides it. */
test.each([
  // small letters are said to Crier, and the card shows them
  [nadia, 'highways: The road is shut', 'The road is shut | for highways'],
  [nadia, 'for highways: The road is shut', 'The road is shut | for highways'],
  [nadia, 'this out for highways: The road is shut', 'The road is shut | for highways'],
  [nadia, 'to highways: The road is shut', 'The road is shut | for highways'],
  [nadia, 'for Highways: The road is shut', 'The road is shut | for highways'],
  [nadia, 'for the highways department: The road is shut', 'The road is shut | for highways'],
  [nadia, 'for the highways team: The road is shut', 'The road is shut | for highways'],
  [nadia, 'for highways please: The road is shut', 'The road is shut | for highways'],
  [nadia, 'for higways: The road is shut', 'The road is shut | for highways'],
  [nadia, 'for Highways\nThe road is shut', 'The road is shut | for highways'],
  [nadia, 'for Highways - the road is shut', 'the road is shut | for highways'],
  [nadia, 'highways - The road is shut', 'The road is shut | for highways'],
  [nadia, 'Highways - The road is shut', 'The road is shut | for highways | took "Highways -"'],
  [nadia, 'on facebook only: The road is shut', 'The road is shut | on facebook-main'],
  [nadia, 'our facebook page: The road is shut', 'The road is shut | on facebook-main'],
  [nadia, 'on X and Facebook: The road is shut', 'The road is shut | on x-main+facebook-main'],
  [nadia, 'also on instagram: The road is shut', 'The road is shut | also on instagram-main'],
  [nadia, 'for Highways on X: The road is shut', 'The road is shut | for highways | on x-main'],
  [nadia, 'on Nextdoor Sefton: The road is shut', 'The road is shut | on nextdoor-sefton'],
  [nadia, 'on Nextdoor: The road is shut', 'The road is shut | on nextdoor-sefton'],
  [nadia, 'on Nextdoor only: The road is shut', 'The road is shut | on nextdoor-sefton'],
  [nadia, 'only on Nextdoor: The road is shut', 'The road is shut | on nextdoor-sefton'],
  [nadia, 'nextdoor only: The road is shut', 'The road is shut | on nextdoor-sefton'],
  [
    nadia,
    'on facebook and nextdoor only: The road is shut',
    'The road is shut | on facebook-main+nextdoor-sefton',
  ],
  [nadia, '. The road is shut', 'The road is shut'],
  [nadia, '; The road is shut', 'The road is shut'],
  [nadia, '— The road is shut', 'The road is shut'],
  [nadia, 'for Highways', ' | for highways'],
  [nadia, 'for', ''],
  // what only opens the sentence to Crier is said to be gone
  [nadia, 'this post: The road is shut', 'The road is shut | took "this post:"'],
  [nadia, 'the following: The road is shut', 'The road is shut | took "the following:"'],
  // a capital may head the text
  [nadia, 'Highways: The road is shut', 'The road is shut | for highways | took "Highways:"'],
  [nadia, 'For Highways: The road is shut', 'The road is shut | for highways | took "For Highways:"'],
  [nadia, 'Traffic: the road is shut', 'the road is shut | for highways | took "Traffic:"'],
  [nadia, 'Roads: Work begins', 'Work begins | for highways | took "Roads:"'],
  [ellen, 'Bins: collections move', 'collections move | for waste | took "Bins:"'],
  // how urgent it is, is never raised unsaid
  [nadia, 'urgent: The road is shut', 'The road is shut | urgent | took "urgent:"'],
  [nadia, 'Urgent: road closed', 'road closed | urgent | took "Urgent:"'],
  [nadia, 'urgent The road is shut', 'The road is shut | urgent | took "urgent"'],
  [nadia, 'Urgent, the road is shut', 'the road is shut | urgent | took "Urgent,"'],
  [nadia, 'emergency: The road is shut', 'The road is shut | emergency | took "emergency:"'],
  [nadia, 'Emergency: Stay away from Moor Lane', 'Stay away from Moor Lane | emergency | took "Emergency:"'],
  [nadia, 'Emergency: what to do in a flood', 'what to do in a flood | emergency | took "Emergency:"'],
  [nadia, 'asap: The road is shut', 'The road is shut | urgent | took "asap:"'],
  [
    nadia,
    'highways urgent: The road is shut',
    'The road is shut | for highways | urgent | took "highways urgent:"',
  ],
  [
    nadia,
    'urgent: for Highways: the road is shut',
    'the road is shut | for highways | urgent | took "urgent:"',
  ],
  [nadia, 'Urgent: Roads: Shut', 'Shut | for highways | urgent | took "Urgent: Roads:"'],
  [
    nadia,
    'for highways, urgent please: The road is shut',
    'The road is shut | for highways | urgent | took "for highways, urgent please:"',
  ],
  [
    sam,
    'emergency housing: how to get help tonight',
    'how to get help tonight | for housing | emergency | took "emergency housing:"',
  ],
  // in quotation marks or in bold, which stay where they do not stand around these words alone
  [nadia, '"urgent: The road is shut"', '"The road is shut" | urgent | took "urgent:"'],
  [nadia, '“urgent: The road is shut”', '“The road is shut” | urgent | took "urgent:"'],
  [nadia, '**urgent: The road is shut**', '**The road is shut** | urgent | took "urgent:"'],
  [nadia, '**urgent:** The road is shut', 'The road is shut | urgent | took "**urgent:**"'],
  [nadia, '*urgent*: The road is shut', 'The road is shut | urgent | took "*urgent*:"'],
  [nadia, '**Highways:** The road is shut', 'The road is shut | for highways | took "**Highways:**"'],
  // several departments by small letters
  [sam, 'housing and planning: A joint drop-in', 'A joint drop-in | took "housing and planning:"'],
  [nadia, 'for waste and highways: Test', 'Test | took "for waste and highways:"'],
  [bethan, 'bins, recycling: Collections move', 'Collections move | for waste | took "bins, recycling:"'],
])('%s: %j is told', (person, typed, expected) => {
  expect(read(typed, person)).toBe(expected);
});

/** What may be either stays in the text, whole, and is asked about. */
test.each([
  [sam, 'Emergency Housing: How to get help tonight', 'front "Emergency Housing:" housing'],
  [sam, 'Emergency housing: how to get help tonight', 'front "Emergency housing:" housing'],
  [sam, 'Emergency Planning: Our plans', 'front "Emergency Planning:" planning'],
  [nadia, 'Emergency transport: who can use it', 'front "Emergency transport:" highways'],
  ['marcus-oyelaran', 'Urgent Care: Where to go this weekend', 'front "Urgent Care:" adult-social-care'],
  [nadia, 'Highways urgent: The road is shut', 'front "Highways urgent:" highways'],
  [nadia, 'Something new: our app', 'front "Something new:"'],
  [sam, 'Draft: local plan consultation opens on Monday', 'front "Draft:"'],
  [nadia, 'Post: parcels are late', 'front "Post:"'],
  [nadia, 'This: is what we do', 'front "This:"'],
  [nadia, 'Highways team: Meet our gritters', 'front "Highways team:" highways'],
  [bethan, 'Parks service: Open late on Thursday', 'front "Parks service:" leisure'],
  [nadia, 'Our Facebook page: Join us today', 'front "Our Facebook page:"'],
  [nadia, 'Facebook: Follow us', 'front "Facebook:"'],
  [nadia, 'On Facebook: follow us', 'front "On Facebook:"'],
  [nadia, 'Bins and Highways: test', 'front "Bins and Highways:" waste+highways'],
  [nadia, 'Bins and recycling: collections move to Tuesday', 'front "Bins and recycling:" waste'],
  // a department that they do not write for
  [nadia, 'Bins: collections move to Tuesday', 'front "Bins:" waste'],
  [nadia, 'bins: collections move to Tuesday', 'front "bins:" waste'],
  [nadia, 'Housing: drop-in on Friday', 'front "Housing:" housing'],
  [nadia, 'Planning: Have your say', 'front "Planning:" planning'],
  [nadia, 'Urgent care: where to go', 'front "Urgent care:" adult-social-care'],
  [nadia, 'housing and planning: A joint drop-in', 'front "housing and planning:" housing+planning'],
  [nadia, 'urgent care centre opens', 'front "urgent"'],
  [nadia, 'Emergency Planning is here', 'front "Emergency"'],
  [nadia, 'Emergency Department: open all night', 'front "Emergency"'],
  [nadia, 'for Highways The road is shut', 'stays "for Highways"'],
  [nadia, 'Higways: The road is shut', 'stays "Higways:"'],
  [nadia, 'For Higways: The road is shut', 'stays "For Higways:"'],
  [nadia, 'For Bootle residents: The road is shut', 'front "For Bootle residents:"'],
  // no department that there is
  [nadia, 'for the moon: The road is shut', 'front "for the moon:"'],
  [nadia, 'for everyone: The road is shut', 'front "for everyone:"'],
  [nadia, 'for residents of Bootle: the road is shut', 'front "for residents of Bootle:"'],
  // a time
  [nadia, 'for tomorrow 9am: The road is shut', 'front "for tomorrow 9am:"'],
  [nadia, 'tomorrow 9am: The road is shut', 'front "tomorrow 9am:"'],
  [nadia, 'tomorrow 9:30am: the road is shut', 'front "tomorrow 9:30am:"'],
  [nadia, 'at 9am tomorrow: The road is shut', 'front "at 9am tomorrow:"'],
  [nadia, 'schedule for Friday: The road is shut', 'front "schedule for Friday:"'],
  [nadia, 'Schedule for Friday 9am: The road is shut', 'front "Schedule for Friday 9am:"'],
  // no colon
  [nadia, 'on facebook The road is open.', 'front "on facebook"'],
  [nadia, 'for facebook The road is open.', 'front "for facebook"'],
  [nadia, 'asap The road is open.', 'front "asap"'],
  [nadia, 'highways The road is open.', 'front "highways"'],
  [nadia, 'URGENT road closed at Moor Lane', 'front "URGENT"'],
  [nadia, 'urgent!! road closed', 'front "urgent!!"'],
  [nadia, 'Highways team - meet our gritters', 'front "Highways team -" highways'],
  // the text begins with its first capital
  [nadia, 'on facebook The Atkinson is open late.', 'front "on facebook"'],
  [nadia, 'on facebook A New library opens.', 'front "on facebook"'],
  [nadia, 'on x Our Lady of Lourdes school is shut.', 'front "on x"'],
  [nadia, 'on Facebook and X The road is open.', 'front "on Facebook and X"'],
  [nadia, 'on X, Facebook The road is open.', 'front "on X, Facebook"'],
  [nadia, 'on Nextdoor Sefton The road is open.', 'front "on Nextdoor Sefton"'],
  [nadia, 'on Facebook only The Atkinson is open.', 'front "on Facebook only"'],
  [ellen, 'for: Highways: The A565 is shut.', 'front "for: Highways:"'],
  [nadia, 'on facebook only\nThe road is open.', 'front "on facebook only"'],
  // in brackets or stressed
  [nadia, '(urgent) The road is shut.', 'front "(urgent)"'],
  [nadia, '[Urgent] The road is shut.', 'front "[Urgent]"'],
  [nadia, '*urgent* The road is shut.', 'front "*urgent*"'],
  [nadia, '(tomorrow 9am) The road is shut.', 'front "(tomorrow 9am)"'],
  [nadia, '**Highways team:** Meet our gritters', 'front "**Highways team:**" highways'],
  // a time on a line of its own, or before a dash
  [nadia, 'tomorrow 9am\nThe road is shut.', 'front "tomorrow 9am"'],
  [nadia, 'tomorrow at half 9 - The road is shut.', 'front "tomorrow at half 9 -"'],
  // where it is not to go
  [nadia, 'not on X: The road is shut.', 'front "not on X:"'],
  [nadia, 'on facebook not on x: The road is shut.', 'front "on facebook not on x:"'],
  [nadia, 'urgent, not on x: The road is shut.', 'front "urgent, not on x:"'],
  [nadia, 'for Highways not on X: The road is shut.', 'front "for Highways not on X:" highways'],
  [nadia, 'everywhere but X: The road is shut.', 'front "everywhere but X:"'],
  [nadia, 'all accounts bar Facebook: The road is shut.', 'front "all accounts bar Facebook:"'],
  [nadia, 'everywhere apart from X: The road is shut.', 'front "everywhere apart from X:"'],
  [nadia, 'everywhere but the parish letter: The road is shut.', 'front "everywhere but the parish letter:"'],
  [nadia, 'on everything but Facebook: The road is shut.', 'front "on everything but Facebook:"'],
  [nadia, 'on everything except Facebook: The road is shut.', 'front "on everything except Facebook:"'],
  [nadia, 'everything but Facebook: The road is shut.', 'front "everything but Facebook:"'],
  [nadia, 'on all but X: The road is shut.', 'front "on all but X:"'],
  [nadia, 'not on X or on Facebook: The road is shut.', 'front "not on X or on Facebook:"'],
  [nadia, 'Not for Facebook: The road is shut.', 'front "Not for Facebook:"'],
  [nadia, 'Everywhere but X: the road is shut.', 'front "Everywhere but X:"'],
  [
    nadia,
    'for Highways on everything but Facebook: The road is shut.',
    'front "for Highways on everything but Facebook:" highways',
  ],
  [nadia, "don't post on Facebook: The road is shut.", 'front "don\'t post on Facebook:"'],
  // as one asks a colleague
  [nadia, 'this out to the parish: The road is shut.', 'front "this out to the parish:"'],
  [nadia, 'the following on our socials: The road is shut.', 'front "the following on our socials:"'],
  [nadia, 'this on fb for friday 9am: The road is shut.', 'front "this on fb for friday 9am:"'],
  [nadia, 'hi can u put this out pls: The road is shut.', 'front "hi can u put this out pls:"'],
  [nadia, 'can u post on our page: The road is shut.', 'front "can u post on our page:"'],
  // a pasted mail
  [nadia, 'Hi Tom,\n\nThe road is shut.', 'front "Hi Tom,"'],
  [nadia, 'Good morning all,\nThe road is shut.', 'front "Good morning all,"'],
  [
    nadia,
    'FW: Closure\nFrom: Tom Smith\nSubject: Closure\n\nThe road is shut.',
    'front "FW: Closure\nFrom: Tom Smith\nSubject: Closure"',
  ],
  [
    nadia,
    'The road is shut.\n\nKind regards\nTom Smith\nEngineer',
    'ends "Kind regards\nTom Smith\nEngineer"',
  ],
  [nadia, 'The road is shut.\nThanks\nTom', 'ends "Thanks\nTom"'],
  [nadia, 'The road is shut.\nSent from my iPhone', 'ends "Sent from my iPhone"'],
  // whatever people say of a place that it is not for
  [nadia, 'everywhere save X: The road is shut.', 'front "everywhere save X:"'],
  [nadia, 'everywhere save for X: The road is shut.', 'front "everywhere save for X:"'],
  [nadia, 'avoid Facebook: The road is shut.', 'front "avoid Facebook:"'],
  [nadia, 'avoid posting on Facebook: The road is shut.', 'front "avoid posting on Facebook:"'],
  [nadia, 'on X not: The road is shut.', 'front "on X not:"'],
  [nadia, 'skip X: The road is shut.', 'front "skip X:"'],
  [nadia, 'Skip X: The road is shut.', 'front "Skip X:"'],
  [nadia, 'skip posting to X: The road is shut.', 'front "skip posting to X:"'],
  [nadia, 'leave Facebook out: The road is shut.', 'front "leave Facebook out:"'],
  [nadia, 'leave X out of it: The road is shut.', 'front "leave X out of it:"'],
  [nadia, 'keep it off X: The road is shut.', 'front "keep it off X:"'],
  [nadia, 'Keep it off X: The road is shut.', 'front "Keep it off X:"'],
  [nadia, 'keep this off Facebook and X: The road is shut.', 'front "keep this off Facebook and X:"'],
  [nadia, 'keep off X: The road is shut.', 'front "keep off X:"'],
  [nadia, 'please keep it off facebook: The road is shut.', 'front "please keep it off facebook:"'],
  [nadia, 'dont put on facebook: The road is shut.', 'front "dont put on facebook:"'],
  [nadia, 'do not use X: The road is shut.', 'front "do not use X:"'],
  [nadia, 'never on X: The road is shut.', 'front "never on X:"'],
  [nadia, 'no need for X: The road is shut.', 'front "no need for X:"'],
  [nadia, 'exclude facebook: The road is shut.', 'front "exclude facebook:"'],
  [nadia, 'all save Facebook: The road is shut.', 'front "all save Facebook:"'],
  [nadia, 'X excluded: The road is shut.', 'front "X excluded:"'],
  [nadia, 'w/o facebook: The road is shut.', 'front "w/o facebook:"'],
  [nadia, 'urgent, skip facebook: The road is shut.', 'front "urgent, skip facebook:"'],
  [nadia, 'leave this off our Facebook page: The road is shut.', 'front "leave this off our Facebook page:"'],
  [nadia, 'for Highways, keep it off X: The road is shut.', 'front "for Highways, keep it off X:" highways'],
  [nadia, 'everywhere save X\nThe road is shut.', 'front "everywhere save X"'],
  [nadia, 'Everywhere save X. The road is shut.', 'front "Everywhere save X."'],
  [nadia, 'Keep it off X. The road is shut.', 'front "Keep it off X."'],
  [nadia, 'The road is shut.\nkeep it off X', 'ends "keep it off X"'],
  [nadia, 'The road is shut.\navoid X please', 'ends "avoid X please"'],
  // without a colon, as far as it is said
  [nadia, 'everywhere apart from Facebook, Moor Lane reopened.', 'front "everywhere apart from Facebook,"'],
  [nadia, 'everywhere but X\nMoor Lane reopened.', 'front "everywhere but X"'],
  [nadia, 'everywhere but X Moor Lane reopened.', 'front "everywhere but X"'],
  [nadia, 'everywhere but X the road is shut.', 'front "everywhere but X"'],
  [nadia, 'Everywhere but X. The road is shut.', 'front "Everywhere but X."'],
  [nadia, 'Everywhere but X. Facebook users can reply.', 'front "Everywhere but X."'],
  [nadia, 'Everywhere but X, the road is shut.', 'front "Everywhere but X,"'],
  [nadia, 'everywhere but X. Doors open: 9am.', 'front "everywhere but X."'],
  [nadia, 'not on Facebook. Moor Lane reopened.', 'front "not on Facebook."'],
  [nadia, 'Not on Facebook. Moor Lane reopened.', 'front "Not on Facebook."'],
  [
    nadia,
    'everywhere apart from the website and Nextdoor Sefton\nMoor Lane reopened.',
    'front "everywhere apart from the website and Nextdoor Sefton"',
  ],
  [nadia, 'everywhere but X, Facebook Moor Lane reopened.', 'front "everywhere but X, Facebook"'],
  // what cannot be read of it is asked about with the rest
  [
    nadia,
    'everywhere but X and the parish letter\nThe road is shut.',
    'front "everywhere but X and the parish letter"',
  ],
  [nadia, 'Everywhere but X and the letter: The road is shut.', 'front "Everywhere but X and the letter:"'],
  [nadia, 'not only on X: The road is shut.', 'front "not only on X:"'],
  [nadia, 'website only, no social: The road is shut.', 'front "website only, no social:"'],
  [nadia, 'on X but not the parish letter: The road is shut.', 'front "on X but not the parish letter:"'],
  [nadia, 'everywhere but: The road is shut.', 'front "everywhere but:"'],
  [nadia, 'anywhere but X: The road is shut.', 'front "anywhere but X:"'],
  [nadia, 'everywhere minus X: The road is shut.', 'front "everywhere minus X:"'],
  [nadia, 'skip Facebook: The road is shut.', 'front "skip Facebook:"'],
  [nadia, 'please leave out Facebook: The road is shut.', 'front "please leave out Facebook:"'],
  [nadia, "Don't post this on Facebook. The road is shut.", 'front "Don\'t post this on Facebook."'],
  [nadia, 'The road is shut.\nOn everything but Facebook', 'ends "On everything but Facebook"'],
  // a by-hand network behind a capital, one where the council has no account, and what nobody knows
  [nadia, 'Nextdoor only: The road is shut.', 'front "Nextdoor only:"'],
  [nadia, 'on LinkedIn only: The road is shut.', 'front "on LinkedIn only:"'],
  [nadia, 'LinkedIn only: The road is shut.', 'front "LinkedIn only:"'],
  [nadia, 'on linkedin and X: The road is shut.', 'front "on linkedin and X:"'],
  [nadia, 'on linkedin The road is shut.', 'front "on linkedin"'],
  [nadia, 'not on TikTok: The road is shut.', 'front "not on TikTok:"'],
  [nadia, 'The road is shut.\nOn LinkedIn only', 'ends "On LinkedIn only"'],
  [nadia, 'on the parish letter only: The road is shut.', 'front "on the parish letter only:"'],
  [nadia, 'only on the intranet: The road is shut.', 'front "only on the intranet:"'],
  // that it is as it is by itself
  [nadia, 'not urgent: The road is shut.', 'front "not urgent:"'],
  [nadia, 'not urgent on facebook: The road is shut.', 'front "not urgent on facebook:"'],
  [nadia, 'The road is shut.\nNot urgent', 'ends "Not urgent"'],
  // everywhere, and for everyone
  [nadia, 'everywhere: The road is shut.', 'front "everywhere:"'],
  [nadia, 'on all accounts: The road is shut.', 'front "on all accounts:"'],
  [nadia, 'on every channel please: The road is shut.', 'front "on every channel please:"'],
  [nadia, 'to everyone: The road is shut.', 'front "to everyone:"'],
  // and a time
  [
    nadia,
    'for X and Facebook only, tomorrow at 9am: The road is shut.',
    'front "for X and Facebook only, tomorrow at 9am:"',
  ],
  [nadia, 'on facebook tomorrow 9am: The road is shut.', 'front "on facebook tomorrow 9am:"'],
  // said to Crier
  [nadia, 'can you post this please: The road is open.', 'front "can you post this please:"'],
  [nadia, 'post this on our page: The road is open.', 'front "post this on our page:"'],
  [nadia, 'Hi Crier, the road is open.', 'front "Hi Crier,"'],
  [nadia, 'Crier: the road is open.', 'front "Crier:"'],
  [nadia, 'a post saying the road is open', 'front "a post saying"'],
  // at the end
  [nadia, 'The road is shut.\nurgent', 'ends "urgent"'],
  [nadia, 'The road is shut.\nOn Facebook only please', 'ends "On Facebook only please"'],
  [nadia, 'The road is shut.\nschedule tomorrow 9am', 'ends "schedule tomorrow 9am"'],
  [nadia, 'The road is shut.\n\nfor Highways', 'ends "for Highways"'],
  [nadia, 'The road is shut.\npost tomorrow at 9am please', 'ends "post tomorrow at 9am please"'],
  [nadia, 'The road is shut.\nTomorrow at 9am please', 'ends "Tomorrow at 9am please"'],
  [nadia, 'The road is shut.\nfor tomorrow 9am', 'ends "for tomorrow 9am"'],
  [nadia, 'The road is shut.\nnot on Facebook', 'ends "not on Facebook"'],
  [nadia, 'The road is shut.\nno X', 'ends "no X"'],
  [nadia, 'The road is shut.\n(urgent)', 'ends "(urgent)"'],
  [nadia, 'The road is shut. (urgent)', 'ends "(urgent)"'],
  [nadia, 'The road is shut. [on Facebook only]', 'ends "[on Facebook only]"'],
  // where it goes and when
  [nadia, 'The road is shut.\non X only, tomorrow 9am', 'ends "on X only, tomorrow 9am"'],
  [nadia, 'The road is shut.\nOn X only, tomorrow 9am', 'ends "On X only, tomorrow 9am"'],
  [nadia, 'The road is shut.\non X and Facebook tomorrow at 9am', 'ends "on X and Facebook tomorrow at 9am"'],
  [nadia, 'The road is shut.\ntomorrow 9am on X only', 'ends "tomorrow 9am on X only"'],
  [nadia, 'The road is shut.\n9am tomorrow, not on Facebook', 'ends "9am tomorrow, not on Facebook"'],
  [nadia, 'The road is shut.\nurgent, tomorrow 9am', 'ends "urgent, tomorrow 9am"'],
  [nadia, 'The road is shut.\nfor Highways, tomorrow 9am', 'ends "for Highways, tomorrow 9am"'],
  [
    nadia,
    'The road is shut.\nplease post on X only tomorrow 9am',
    'ends "please post on X only tomorrow 9am"',
  ],
  [nadia, 'The road is shut. (on X only, tomorrow 9am)', 'ends "(on X only, tomorrow 9am)"'],
])('%s: %j stays, and is asked about', (person, typed, asked) => {
  expect(read(typed, person)).toBe(`${typed} | ${asked}`);
});

test('what is told behind a front that is asked about, or before it, is not lost', () => {
  expect(read('urgent: Bins: collections move', nadia)).toBe(
    'Bins: collections move | urgent | took "urgent:" | front "Bins:" waste',
  );
  expect(read('asap on facebook only: The road is shut\nfor Highways', nadia)).toBe(
    'The road is shut\nfor Highways | urgent | on facebook-main | took "asap on facebook only:" | ends "for Highways"',
  );
});

test('what stands behind as many fronts as are taken off, or behind several departments, is asked about', () => {
  expect(read('urgent: for Highways: on X: also on Facebook: The road is shut', nadia)).toBe(
    'also on Facebook: The road is shut | for highways | urgent | on x-main | took "urgent:" | front "also on Facebook:"',
  );
  expect(read('housing and planning: tomorrow 9am: A joint drop-in', sam)).toBe(
    'tomorrow 9am: A joint drop-in | took "housing and planning:" | front "tomorrow 9am:"',
  );
  expect(read('highways: urgent roads: The A565 is shut', nadia)).toBe(
    'urgent roads: The A565 is shut | for highways | front "urgent roads:" highways',
  );
});

test('no text of the labelled posts is asked about, but where a department heads it', async () => {
  const fixtures = new URL('../fixtures/', import.meta.url);
  const files = (await readdir(fixtures)).filter((name) => name.endsWith('.jsonl'));
  const asked: string[] = [];
  for (const name of files)
    for (const line of (await readFile(new URL(name, fixtures), 'utf8')).split('\n')) {
      const { text } = line === '' ? { text: '' } : labelled.parse(JSON.parse(line));
      const isHeaded = findDepartment(text.slice(0, text.indexOf(': ')), rules).found === 'exactly';
      if (!isHeaded && read(text, nadia) !== text.trim()) asked.push(text);
    }
  expect(asked).toEqual([]);
});

test.each([
  'Emergency services: thank you',
  'News team: Meet our reporters',
  'For your safety: keep off the ice',
  'Reminder: the road is shut',
  'Update: the A59 is open',
  'Services: our offices are shut on Monday',
  'Our service: what has changed',
  'Emergency services are at the scene',
  'Urgent care centre opens in Bootle',
  'The road opens at 9:30 on Monday',
  'Monday to Friday: the road is shut',
  'See https://sefton.gov.uk/bins',
  'Tomorrow: free swimming',
  'Friday 9am: coffee at Bootle library',
  'on Friday the road is shut',
  'Can you help: we need you',
  'Share your views: the survey is open',
  'Post offices are shut',
  'The road is shut.\nHighways and Transport',
  'The road is shut.\n#Highways #Traffic',
  'The road is shut.\nTomorrow 9am',
  'The road is shut.\nThank you',
  'Road closed, tomorrow 9am',
  'The A59 is shut.\nRoad closed, tomorrow 9am',
  'Join our councillors.\nOn Facebook, Friday 7pm',
  'Join our councillors.\nFacebook, Friday 7pm',
  'Coffee with the team.\nHighways, tomorrow 9am',
  'Coffee with the team.\nHousing and Planning, Friday 10am to noon',
  'Free swimming.\nBootle, tomorrow 9am',
  'Free swimming.\ntomorrow 9am',
  'Join us (on Facebook, Friday 7pm)',
  'The road is shut - use the A565',
  'X marks the spot: come and dig',
  'Post office closures: what to know',
  'This week: free swimming',
  '- Bins\n- Boxes',
  'for 2 hours the road is closed',
  '"The road is shut."',
  'Find out more (on our website)',
  'The road is shut.\n(Highways)',
  'Ring us (Highways).',
  '9am\nDoors open\n10am\nTalks begin',
  '9am - doors open',
  'No news: is good news',
  'No emergency: this is a test of our siren',
  'no emergency: this is a test of our siren',
  'Not urgent: call 101',
  'To everyone who helped: thank you',
  'Everywhere you look: spring',
  'Snow is falling everywhere: take care',
  'All our accounts are here',
  'Not on Facebook: join our meeting',
  'Not on Facebook? Join our meeting',
  'Not on Facebook, Twitter or Instagram? Read our newsletter.',
  'Everything but the kitchen sink: Our jumble sale',
  'Everywhere but Bootle: Heavy snow',
  'All but one road is open: take care',
  'No news. We keep you posted.',
  'no news on the bridge: work goes on',
  'Do not post on our Facebook page: ring us',
  'Dear residents,\nThe road is shut.',
  'Hello Bootle!\nThe pool is open.',
  'Hi Tom, is your bin out?',
  'From: Bootle\nThe bus goes to Crosby.',
  'The road is shut.\nThank you\nSefton Council',
  'The road is shut.\nBest wishes to all who helped.',
  'Social media: how to stay safe',
  'This week: free swimming',
  'Out and about: walks this week',
  'Avoid Facebook: it is slow today',
  'Avoid Moor Lane: The road is shut.',
  'avoid Moor Lane: The road is shut.',
  'Skip the queue: book online',
  'skip the queue: Book online',
  'Save water: turn off taps',
  'save water: Turn off taps',
  'Leave out your bins: The crew comes at 6am.',
  'leave out your bins: The crew comes at 6am.',
  'Keep off the ice: It is thin.',
  'keep off the ice: It is thin.',
  'Save the date: Our fair is on 5 December.',
  'drop in: Bootle library on Friday',
  'Do not use the A565: It is flooded.',
  'Avoid the A565. Facebook users can follow along.',
  'Avoid Facebook. It is slow today.',
  'avoid facebook scams and report them',
  'Keep it local: Shop in Southport',
  'Nothing on this weekend? Try our pool.',
  'Stay off the line: Trains run again.',
  'Excluded from school: What to do',
  'Without Facebook we could not reach you.',
  'The road is shut.\nFor Friday',
  'bins on Ash Road are emptied a day late',
  '(Bootle) The road is shut.',
  '*Tomorrow* The road is shut.',
])('%j is a text', (text) => {
  expect(read(text, nadia)).toBe(text);
});
