import { waysOf } from '../../src/dispatch/put-right.ts';
import { isOfCorrection, accountOf } from '../../src/dispatch/thread.ts';
import { publicationsOf } from '../../src/posts/leaving/what-is-public.ts';
import type { PostState } from '../../src/posts/post.ts';
import { correctionReply } from '../../src/words/corrections.ts';
import type { Call } from './call.ts';
import type { MortalCouncil } from './mortal.ts';
import { untilQuiet } from './stored.ts';
import type { Story } from './stories.ts';
import type { Walk } from './walk.ts';

/** What people do about a post while Crier is killed. */
export const kinds = ['bring out', 'correct', 'take down'] as const;
export type Kind = (typeof kinds)[number];

/** What a post says, what it says once it is put right, and why. */
export interface Words {
  readonly old: string;
  readonly right: string;
  readonly what: string;
}

/** The words of each post; they differ from all others by its number. */
export const wordsOf = (n: number): Words => ({
  old: `${beginningOf(n)}is open again. Thank you for your patience.`,
  right: `${beginningOf(n)}is open to buses alone. Thank you for your patience.`,
  what: `Cars cannot pass section ${String(n)} yet.`,
});

/** What all the words of a post begin with. */
export const beginningOf = (n: number): string => `Section ${String(n)} of Harbour Road `;

/** Something that is done about a post, and the call of it that a kill is aimed at. */
export interface Deed {
  readonly kind: Kind;
  readonly call: (words: Words) => Call;
  /** how often somebody presses or says something until it is accepted */
  readonly steps: number;
  /** how what stands on an account is put right, before it is killed or while it is */
  readonly way?: Way;
  /** the call is about what a correction newly posted */
  readonly isNew?: true;
  /** brings the post as far as it has to be before; @returns what begins the deed itself */
  readonly prepare: (council: MortalCouncil, words: Words) => Promise<() => Walk>;
}

type Way = 'edit' | 'reply' | 'again';

/** How often each text stands on an account once all is well. */
export interface Standing {
  readonly old: number;
  readonly right: number;
}

/** What is to stand on an account in the end. */
export function wantedOn(account: string, { kind, way, call }: Deed, story: Story): Standing {
  if (kind === 'bring out') return { old: 1, right: 0 };
  if (kind === 'take down') return { old: 0, right: 0 };
  const aimed = call({ old: '', right: '', what: '' }).account;
  const isReplied = (account === aimed ? way : usualWay(account, story)) === 'reply';
  return { old: isReplied ? 1 : 0, right: 1 };
}

const usualWay = (account: string, { networks }: Story): Way => {
  const network = networks[account];
  return network === undefined ? 'edit' : (asWay(waysOf(network)[0]) ?? 'edit');
};

const asWay = (way: string): Way | undefined =>
  way === 'edit' || way === 'reply' || way === 'again' ? way : undefined;

/** Everything of a kind that a story can do: each call that it makes there. */
export function deedsOf(kind: Kind, story: Story): readonly Deed[] {
  switch (kind) {
    case 'bring out': {
      const [account] = story.accounts;
      return [
        {
          kind,
          call: ({ old }) => ({ does: 'post', account, text: old }),
          steps: 4,
          prepare: async (council, { old }) => await Promise.resolve(() => council.bringOut(old)),
        },
      ];
    }
    case 'correct':
      return story.accounts.flatMap((account) => corrections(account, story));
    case 'take down':
      return story.accounts.flatMap((account) => removals(account, story));
  }
}

function corrections(account: string, { networks }: Story): readonly Deed[] {
  const network = networks[account];
  const ways = network === undefined ? [] : waysOf(network).map(asWay);
  const deed = (way: Way, call: Deed['call'], isNew?: true): Deed => ({
    kind: 'correct',
    call,
    steps: 3,
    way,
    ...(isNew === undefined ? {} : { isNew }),
    prepare: async (council, words) => {
      await standing(council, words);
      return () => council.correct({ ...words, ways: chosen(account, way) });
    },
  });
  return ways.flatMap((way): readonly Deed[] => {
    switch (way) {
      case 'edit':
        return [deed(way, ({ right }) => ({ does: 'edit', account, text: right }))];
      case 'reply':
        return [
          deed(
            way,
            ({ right, what }) => ({ does: 'post', account, text: correctionReply(what, right) }),
            true,
          ),
        ];
      case 'again':
        return [
          deed(way, ({ old }) => ({ does: 'remove', account, text: old })),
          deed(way, ({ right }) => ({ does: 'post', account, text: right }), true),
        ];
      case undefined:
        return [];
    }
  });
}

/** What was never corrected comes down, and what was, with what the correction posted. */
function removals(account: string, story: Story): readonly Deed[] {
  const way = usualWay(account, story);
  return [
    {
      kind: 'take down',
      call: ({ old }) => ({ does: 'remove', account, text: old }),
      steps: 1,
      prepare: async (council, words) => {
        await standing(council, words);
        return () => council.takeDown(words.old);
      },
    },
    {
      kind: 'take down',
      call: ({ old, right }) => ({ does: 'remove', account, text: way === 'reply' ? old : right }),
      steps: 1,
      way,
      ...(way === 'again' ? { isNew: true } : {}),
      prepare: async (council, words) => {
        await standing(council, words);
        await council.correct({ ...words, ways: chosen(account, way) }).done;
        await untilQuiet(council.data, [words], council.lives, 50);
        return () => council.takeDown(words.right);
      },
    },
  ];
}

const chosen = (account: string, way: Way): Readonly<Record<string, 'reply' | 'again'>> =>
  way === 'edit' ? {} : { [account]: way };

/** How far the call of a deed has come by what Crier has committed. */
export type Progress = 'not begun' | 'begun' | 'settled';

export function progressOf(post: PostState | undefined, { call, isNew }: Deed, words: Words): Progress {
  if (post === undefined) return 'not begun';
  const { does, account } = call(words);
  const publications = publicationsOf(post);
  const part =
    Object.keys(publications).find(
      (key) => accountOf(key) === account && isOfCorrection(key) === (isNew === true),
    ) ?? '';
  const publication = publications[part];
  switch (does) {
    case 'post':
      if (publication === undefined || publication.is === 'queued') return 'not begun';
      return publication.is === 'sending' ? 'begun' : 'settled';
    case 'edit': {
      const { correction, corrected } = post;
      if (correction === undefined) return corrected.length > 0 ? 'settled' : 'not begun';
      if (correction.applied?.parts[part] === 'done') return 'settled';
      return correction.applied?.underWay?.[part] === undefined ? 'not begun' : 'begun';
    }
    case 'remove':
      if (publication?.is === 'removed') return 'settled';
      if (publication?.is !== 'removing') return 'not begun';
      return publication.instead !== undefined && publication.begun === undefined ? 'not begun' : 'begun';
  }
}

/** Brings a post out, until it stands everywhere. */
async function standing(council: MortalCouncil, words: Words): Promise<void> {
  await council.bringOut(words.old).done;
  await untilQuiet(council.data, [words], council.lives, 50);
}
