import type { Millis } from '../../core/time.ts';
import type { PlanPart, PublicationKey, PublishOutcome } from '../network.ts';
import { contentsOf } from '../video-part.ts';
import type { Account } from './account.ts';
import { containerLife, filledContainer, makeContainer, type Step } from './container.ts';

/** What posts of pictures stand on beside the account itself. */
export interface PictureParts {
  readonly account: Account;
  readonly mediaAddress: (hash: string) => string;
  readonly clock: () => Millis;
  /** the first pause between two looks at a container */
  readonly lookEvery: Millis;
}

/** The containers of posts with pictures. */
export interface PictureContainers {
  /** the container of a publication, once it may be published: the one that an earlier attempt left, unless it is too old */
  readonly of: (part: PlanPart, key: PublicationKey, signal: AbortSignal) => Promise<Step>;
  /** it was published, which spends it */
  readonly spent: (part: PlanPart, key: PublicationKey) => void;
}

interface Container {
  readonly id: string;
  readonly at: Millis;
}

export function pictureContainers({
  account,
  mediaAddress,
  clock,
  lookEvery,
}: PictureParts): PictureContainers {
  /**
   * Containers that wait to be published, by publication and what they contain: a second attempt goes on with the first
   * one's, unless the post was edited in between.
   */
  const waiting = new Map<string, Container>();
  const nameOf = (part: PlanPart, key: PublicationKey): string => `${key.id} ${contentsOf(part)}`;

  const filled = async (id: string, signal: AbortSignal): Promise<Step> =>
    await filledContainer(account, id, lookEvery, 'picture-not-taken', signal);

  async function contain({ media, text }: PlanPart, signal: AbortSignal): Promise<Step> {
    const pictures = media.map(({ hash, alt }) => ({
      image_url: mediaAddress(hash),
      ...(alt === '' ? {} : { alt_text: alt }),
    }));
    const [first] = pictures;
    if (first === undefined) return { outcome: 'refused', reason: 'needs-picture' };
    if (pictures.length === 1) return await makeContainer(account, { ...first, caption: text }, signal);
    const children: string[] = [];
    for (const picture of pictures) {
      const child = await makeContainer(account, { ...picture, is_carousel_item: 'true' }, signal);
      if ('outcome' in child) return child;
      const ready = await filled(child.id, signal);
      if ('outcome' in ready) return ready;
      children.push(child.id);
    }
    const carousel = { media_type: 'CAROUSEL', children: children.join(','), caption: text };
    return await makeContainer(account, carousel, signal);
  }

  function forgetOld(): void {
    for (const [name, { at }] of waiting) {
      if (clock() - at > containerLife) waiting.delete(name);
    }
  }

  return {
    of: async (part, key, signal) => {
      forgetOld();
      const name = nameOf(part, key);
      const kept = waiting.get(name);
      const step = kept ?? (await contain(part, signal));
      if ('outcome' in step) return step;
      if (kept === undefined) waiting.set(name, { id: step.id, at: clock() });
      const ready = await filled(step.id, signal);
      if ('outcome' in ready && isSpoilt(ready)) waiting.delete(name);
      return ready;
    },
    spent: (part, key) => {
      waiting.delete(nameOf(part, key));
    },
  };
}

/** Whether a container will never be published, so that the next attempt needs another one. */
const isSpoilt = (outcome: PublishOutcome): boolean =>
  outcome.outcome === 'refused' || (outcome.outcome === 'retry' && outcome.reason === 'container-expired');
