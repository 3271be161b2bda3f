import { canonical, sha256 } from '../core/json.ts';
import { hasNotLeft, mayTurnUp } from '../dispatch/publication.ts';
import {
  canEdit,
  tellsEnd,
  tellsWhatWasWrong,
  wayFor,
  waysOf,
  type ChosenWay,
  type Way,
} from '../dispatch/put-right.ts';
import { accountOf, indexOf, inThreadOf, isReply, partKey, type Publications } from '../dispatch/thread.ts';
import type { Remote } from '../networks/network.ts';
import { withDaysOf } from './days-written.ts';
import { isDescribedAnew, redescribed } from './descriptions.ts';
import { publicationsOf } from './what-is-public.ts';
import { showsHeadline } from './headline.ts';
import { isMissed, isTorn, nameOfWords, repliedOn } from './standing.ts';
import { goneOn } from './came-down.ts';
import type { NetworkName } from '../protocol/protocol.ts';
import { carriedTo, freeze, readPart, renderer } from './plan.ts';
import type { Correction, DeskRules, Plan, PlannedPart, PostState } from './post.ts';
import type { Revision } from './revision.ts';

/** What somebody wants put right: the revision that says it right, how on each account, and what a reply says. */
export interface WantedCorrection {
  readonly revision: Revision;
  /** account id → the way that was chosen */
  readonly ways: Readonly<Record<string, Way>>;
  /** what a reply under the old post says */
  readonly reply: string;
  /** what was wrong, in words for the public */
  readonly what: string;
}

/** Keys of the parts that stand on an account. */
export function standingOn(post: PostState, account: string): readonly string[] {
  return Object.entries(publicationsOf(post)).flatMap(([key, { is }]) =>
    is === 'published' && accountOf(key) === account ? [key] : [],
  );
}

/** What of the posts on an account has not left: what makes room there makes it for these as well. */
export const unsentOn = (account: string, publications: Publications): readonly string[] =>
  Object.entries(publications).flatMap(([key, each]) =>
    accountOf(key) === account && hasNotLeft(each) ? [key] : [],
  );

/** Whether something may stand on an account though nobody knows yet that it does. */
const mayTurnUpOn = (post: PostState, account: string): boolean =>
  Object.entries(publicationsOf(post)).some(
    ([key, publication]) => accountOf(key) === account && mayTurnUp(publication),
  );

/**
 * How each account on which the post stands or may stand is put right: as somebody chose, else as its network usually
 * lets one. Where it was deleted and is not to be posted again, only who chooses that has it posted there.
 */
export function waysFor(
  post: PostState,
  chosen: Readonly<Record<string, ChosenWay>>,
  rules: DeskRules,
): Readonly<Record<string, ChosenWay | 'if-there'>> {
  return Object.fromEntries(
    post.revision.accounts.flatMap((id): [string, ChosenWay | 'if-there'][] => {
      const account = rules.accounts[id];
      if (account === undefined) return [];
      if (standingOn(post, id).length > 0) return [[id, wayFor(account.network, chosen[id])]];
      if (mayTurnUpOn(post, id)) return [[id, 'if-there']];
      return chosen[id] === 'again' && goneOn(post).includes(id) ? [[id, 'again']] : [];
    }),
  );
}

/** How what stands on an account is put right: where that could not be asked, as its network lets one. */
export function wayOn(account: string, { plan, ways = {} }: Pick<Correction, 'plan' | 'ways'>): Way {
  const way = ways[account] ?? 'edit';
  if (way !== 'if-there') return way;
  const network = plan.parts.find((part) => part.account === account)?.network;
  return network === undefined || canEdit(network) ? 'edit' : 'again';
}

/** The same ways, but that an account that says all of it already is left alone. */
export function waysTo(
  post: PostState,
  right: Revision,
  ways: Readonly<Record<string, Way>>,
  rules: DeskRules,
): Readonly<Record<string, Way>> {
  return Object.fromEntries(
    Object.entries(ways).map(([id, way]): [string, Way] => {
      const network = rules.accounts[id]?.network;
      return [id, network === undefined || isToChangeOn(id, network, way, post, right) ? way : 'same'];
    }),
  );
}

/** Whether what stands on an account is to be changed so that it says what is right. */
function isToChangeOn(
  account: string,
  network: NetworkName,
  way: Way,
  post: PostState,
  right: Revision,
): boolean {
  const { revision: before } = post;
  if (isTorn(post, account) || goneOn(post).includes(account)) return true;
  const replied = repliedOn(post, account);
  // What a reply has put right stands beside what was wrong: posted again, the right words stand there alone.
  if (replied !== undefined) return way === 'again' || replied !== nameOfWords(right.text);
  if (!isMissed(post, account)) {
    return (
      isChangedOn(network, way, before, right) || isDescribedOtherwise(account, network, way, post, right)
    );
  }
  // What could not be put right there may be right now; a place that can be changed shows more than the words.
  const kept = before.keeps?.includes(account) === true ? before.variants[account] : undefined;
  return canEdit(network) || kept !== right.text;
}

/** Whether anything that a network shows of the one differs in the other, and comes to stand there this way. */
function isChangedOn(network: NetworkName, way: Way, before: Revision, right: Revision): boolean {
  if (before.text !== right.text) return true;
  return (
    (showsHeadline(network, before) && before.headline !== right.headline) ||
    (network === 'youtube' && before.youtube?.title !== right.youtube?.title) ||
    (network === 'website' && before.summary !== right.summary) ||
    (tellsEnd(network) && before.until?.at !== right.until?.at)
  );
}

/**
 * Whether people come to read on an account what a picture or video shows that they do not read there now. What is posted
 * again is measured by what stands there: an earlier correction may have changed the description elsewhere alone. Not so where
 * that is the usual way, which nobody need have chosen: there nothing is deleted but for what is changed now.
 */
export function isDescribedOtherwise(
  account: string,
  network: NetworkName,
  way: Way,
  post: PostState,
  right: Revision,
): boolean {
  if (way !== 'again' || waysOf(network)[0] === 'again')
    return redescribed(post.revision, right).some((place) => isDescribedAnew(network, way, right, place));
  return right.media.some(
    ({ alt }, place) =>
      isDescribedAnew(network, way, right, place) && !saidThere(post, account, network, place).includes(alt),
  );
}

/** What one of its pictures or videos is said to show where it stands on an account, once for each post that stands there. */
function saidThere(post: PostState, account: string, network: NetworkName, place: number): readonly string[] {
  const standing = standingOn(post, account);
  const planned = 'plan' in post.status ? post.status.plan.parts : [];
  const among = carriedTo(post.revision, network).findIndex(
    (medium) => medium === post.revision.media[place],
  );
  return planned
    .filter(({ key, bytes }) => standing.includes(key) && !isReply(key) && bytes !== '')
    .flatMap((part) => readPart(part).media[among]?.alt ?? []);
}

/** A description that one account has and the post has no more, since an earlier correction put it right elsewhere alone. */
export interface OlderDescription {
  readonly account: string;
  readonly place: number;
  readonly was: string;
  readonly is: string;
}

/** @returns the older descriptions that come down where a correction posts again: nothing else says what those were */
export function olderDescriptions(
  post: PostState,
  { revision: right, ways = {} }: Pick<Correction, 'revision' | 'ways'>,
  rules: DeskRules,
): readonly OlderDescription[] {
  return Object.entries(ways).flatMap(([account, way]) => {
    const network = rules.accounts[account]?.network;
    if (network === undefined || way !== 'again') return [];
    return right.media.flatMap(({ alt: is }, place) => {
      if (!isDescribedAnew(network, way, right, place)) return [];
      const was = saidThere(post, account, network, place).find(
        (alt) => alt !== is && alt !== post.revision.media[place]?.alt,
      );
      return was === undefined ? [] : [{ account, place, was, is }];
    });
  });
}

/** Whether the public reads what was wrong: in a reply, or where a network tells it with what is changed. */
export const isWhyTold = ({ ways }: Pick<Correction, 'ways'>, rules: DeskRules): boolean =>
  ways === undefined ||
  Object.entries(ways).some(([account, way]) => {
    const network = rules.accounts[account]?.network;
    if (network === undefined) return false;
    return way === 'reply' || ((way === 'edit' || way === 'if-there') && tellsWhatWasWrong(network));
  });

/** Whether a correction of what stands can tell the public what was wrong, as `isWhyTold`. */
export const whyCanBeTold = (post: PostState, rules: DeskRules): boolean =>
  post.revision.accounts.some((id) => {
    const network = rules.accounts[id]?.network;
    if (network === undefined || standingOn(post, id).length === 0) return false;
    return tellsWhatWasWrong(network) || waysOf(network).includes('reply');
  });

/** Whether the post stands where people read when it ends. */
export const endIsTold = (post: PostState, rules: DeskRules): boolean =>
  post.revision.accounts.some((id) => {
    const account = rules.accounts[id];
    return account !== undefined && tellsEnd(account.network) && standingOn(post, id).length > 0;
  });

/**
 * The corrected revision as it will stand: where the post is not changed, its old text stays. A variant of the old
 * text elsewhere would leave the mistake standing there.
 */
export function correctedRevision(
  post: PostState,
  revision: Revision,
  ways: Readonly<Record<string, Way>>,
): Revision {
  const { variants, keeps = [], text } = post.revision;
  // Whoever changes the end or a heading leaves the words as they are, also where an account has its own.
  if (revision.text === text) {
    const still = keeps.filter((account) => !saysItInPlace(ways[account]));
    const own = Object.entries(variants).filter(
      ([account]) => still.includes(account) || !keeps.includes(account),
    );
    return keeping({ ...revision, variants: Object.fromEntries(own) }, still);
  }
  // A reply that has said the new words already stands under the old ones.
  const isReplied = (account: string): boolean =>
    ways[account] === 'same' && keeps.includes(account) && variants[account] !== revision.text;
  const kept = Object.keys(ways).filter(
    (account) => ways[account] === 'reply' || ways[account] === 'leave' || isReplied(account),
  );
  const own = kept.map((account): [string, string] => [account, variants[account] ?? text]);
  return keeping({ ...revision, variants: Object.fromEntries(own) }, kept);
}

/** Whether the right words take the place of what stood on an account. */
const saysItInPlace = (way: Way | undefined): boolean =>
  way === 'edit' || way === 'again' || way === 'if-there';

/** A revision whose own texts of these accounts are what still stands there. */
function keeping(revision: Revision, accounts: readonly string[]): Revision {
  const { keeps: _before, ...rest } = revision;
  return accounts.length === 0 ? rest : { ...rest, keeps: accounts };
}

/** The right revision once it is known on which accounts it could not be said: what stood there still does. */
export function withWordsKept(before: Revision, right: Revision, accounts: readonly string[]): Revision {
  const kept = accounts.flatMap((account): [string, string][] =>
    before.keeps?.includes(account) === true || before.text !== right.text
      ? [[account, before.variants[account] ?? before.text]]
      : [],
  );
  const variants = { ...right.variants, ...Object.fromEntries(kept) };
  const keeps = [...new Set([...(right.keeps ?? []), ...kept.map(([account]) => account)])];
  const days = kept.map(([account]) => account);
  return withDaysOf(before, keeping({ ...right, variants }, keeps), days);
}

/** A revision of which an account says by now what is right. */
export function saidOn(account: string, revision: Revision): Revision {
  const { variants, keeps = [] } = revision;
  if (!keeps.includes(account)) return revision;
  const { [account]: _old, ...others } = variants;
  return keeping(
    { ...revision, variants: others },
    keeps.filter((each) => each !== account),
  );
}

/** What will be said anew, as the rules of wording look at it: corrected texts and replies, not what stays. */
export function saidAnew({ revision, ways, reply }: Omit<WantedCorrection, 'what'>): Revision {
  const replies = revision.accounts.filter((account) => ways[account] === 'reply');
  return {
    ...revision,
    accounts: revision.accounts.filter((account) => ways[account] !== 'leave' && ways[account] !== 'same'),
    variants: {
      ...revision.variants,
      ...Object.fromEntries(replies.map((account) => [account, reply])),
    },
  };
}

/**
 * Freezes what would stand after a correction: what is changed in its place, what stays, and beside it what is newly
 * posted, a reply under what it answers or the whole post again. Its hash covers the ways too.
 */
export function correctionPlan(
  post: PostState,
  wanted: Omit<WantedCorrection, 'what'> & { readonly from: string },
  rules: DeskRules,
): Plan {
  const { revision, ways, from } = wanted;
  const publications = publicationsOf(post);
  // What an earlier correction would have posted in the place of what never came down is not to be posted any more,
  // and neither is what it would have answered.
  const before = ('plan' in post.status ? post.status.plan.parts : []).filter(({ key }) => {
    const publication = publications[key];
    return publication !== undefined && !(isReply(key) && hasNotLeft(publication));
  });
  const fresh = freeze(saidAnew(wanted), from, rules).parts.map((part) => ({ ...part, at: revision.at }));
  const accounts = [...new Set(before.map(({ account }) => account))];
  const parts = accounts.flatMap((account): readonly PlannedPart[] => {
    const old = before.filter((part) => part.account === account);
    const right = fresh.filter((part) => part.account === account);
    const standing = standingOn(post, account);
    const way = ways[account];
    if (way === 'leave' || way === 'same') return old;
    if (way === 'reply') return [...old, ...replyTo(post, standing, right, revision)];
    if (way === 'again') {
      const again = right.map((part, n) => ({ ...part, key: againKey(account, revision.n, n) }));
      return [...old, ...again];
    }
    const texts = old
      .filter(({ key }) => !isReply(key) && publications[key]?.is !== 'removed')
      .toSorted((a, b) => indexOf(a.key) - indexOf(b.key));
    const [first] = texts;
    if (first === undefined || right.length === 0) return old;
    if (way === 'edit') {
      return old.map((part) => {
        const bytes = right[texts.indexOf(part)]?.bytes;
        return bytes === undefined ? part : { ...part, bytes };
      });
    }
    // Nothing stands there that anybody knows of: what may still go out says it right. What turns up with other words
    // is changed there, or makes room.
    const others = old.filter((part) => !texts.includes(part));
    const going = right.map((part, n) => ({ ...part, key: inThreadOf(first.key, n) }));
    const again =
      way === 'if-there' && !canEdit(first.network)
        ? right.map((part, n) => ({ ...part, key: againKey(account, revision.n, n) }))
        : [];
    return [...others, ...going, ...again];
  });
  const hash = sha256(canonical({ renderer, parts: parts.map(({ key, bytes }) => ({ key, bytes })), ways }));
  return { hash, renderer, revision: revision.n, parts };
}

/**
 * The number of the next revision. A correction of which nothing came leaves the number of the post as it was, but
 * what it posted, or may have posted, keeps its key: no later one may take that key for other words.
 */
export function nextRevision(post: PostState): number {
  const planned = 'plan' in post.status ? post.status.plan.parts.map(({ key }) => key) : [];
  const taken = [...Object.keys(publicationsOf(post)), ...planned].map((key) =>
    Number(/\.[cr](?<number>\d+)(?:-\d+)?$/u.exec(key)?.groups?.['number'] ?? 0),
  );
  return Math.max(post.revision.n, ...taken) + 1;
}

/** The key of what is posted again by a correction, and of its further parts. */
export const againKey = (account: string, revision: number, part = 0): string =>
  partKey(account, part, `r${String(revision)}`);

/** The key of a correction's reply, and of its further parts. */
export const replyKey = (account: string, revision: number, part = 0): string =>
  partKey(account, part, `c${String(revision)}`);

/** A reply under what stands, under the last of a thread's posts, without the pictures of the post and what it quotes. */
function replyTo(
  post: PostState,
  standing: readonly string[],
  right: readonly PlannedPart[],
  { n: revision, text }: Revision,
): readonly PlannedPart[] {
  const publications = publicationsOf(post);
  const posts = standing.filter((key) => !isReply(key)).toSorted((a, b) => indexOf(a) - indexOf(b));
  const last = posts.at(-1) ?? standing[0];
  const under = last === undefined ? undefined : publications[last];
  if (under?.is !== 'published') return [];
  const remote: Remote = { remoteId: under.remote.remoteId, url: under.remote.url };
  const says = { words: nameOfWords(text), posts: right.length };
  return right.map((part, n): PlannedPart => {
    // Where the further ones answer is known once those before them stand.
    const answers = n === 0 ? { replyTo: remote } : {};
    const { quote: _shownAbove, ...said } = readPart(part);
    const bytes = canonical({ ...said, media: [], ...answers });
    return { ...part, key: replyKey(part.account, revision, n), bytes, says };
  });
}
