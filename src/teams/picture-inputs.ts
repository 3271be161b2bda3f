import { isVideo } from '../posts/writing/media.ts';
import type { PostState } from '../posts/post.ts';
import type { Medium } from '../posts/writing/revision.ts';
import { origin, recognised, type Origin, type Recognised } from '../protocol/pictured.ts';

/** The inputs of one picture or video of a card, by the picture's place from 0. */
export const pictureInputs = (index: number) =>
  ({
    alt: `alt:${index}`,
    seen: `seen:${index}`,
    form: `form:${index}`,
    whose: `whose:${index}`,
    from: `from:${index}`,
    out: `out:${index}`,
    burned: `burned:${index}`,
  }) as const;

/** Whether a form leaves a picture out. */
export const isLeftOut = (index: number, inputs: Readonly<Record<string, string>>): boolean =>
  inputs[pictureInputs(index).out] === 'true';

/** A post's pictures with what the card's inputs say of them; what the card did not ask stays as it was. */
export function mediaWith(post: PostState, inputs: Readonly<Record<string, string>>): readonly Medium[] {
  return post.revision.media.flatMap((medium, index) => {
    const ids = pictureInputs(index);
    if (isLeftOut(index, inputs)) return [];
    const { recognised: before, origin: owned, ...rest } = captioned(medium, inputs[ids.burned]);
    const recognised = recognisedFrom(inputs[ids.seen], inputs[ids.form], before);
    const origin = originFrom(inputs[ids.whose], inputs[ids.from], owned);
    return [
      {
        ...rest,
        alt: inputs[ids.alt] ?? medium.alt,
        ...(recognised === undefined ? {} : { recognised }),
        ...(origin === undefined ? {} : { origin }),
      },
    ];
  });
}

/** A video as its tick says; captions in a file are not taken away by one, and may be in the picture as well. */
function captioned(medium: Medium, burned: string | undefined): Medium {
  if (!isVideo(medium) || burned === undefined) return medium;
  const { captions: before, ...video } = medium;
  if (before?.as === 'file') {
    const { alsoSeen: _before, ...file } = before;
    return { ...video, captions: burned === 'true' ? { ...file, alsoSeen: true } : file };
  }
  return { ...video, ...(burned === 'true' ? { captions: { as: 'burned-in' } } : {}) };
}

function recognisedFrom(
  chosen: string | undefined,
  typed: string | undefined,
  before: Recognised | undefined,
): Recognised | undefined {
  // Nothing chosen takes nothing back.
  const answer = recognised.safeParse({ who: chosen }).data?.who ?? before?.who;
  if (answer !== 'children') return answer === undefined ? undefined : { who: answer };
  const form = proofOf(typed, before?.who === 'children' ? before.form : undefined);
  return { who: answer, ...(form === undefined ? {} : { form }) };
}

function originFrom(
  chosen: string | undefined,
  typed: string | undefined,
  before: Origin | undefined,
): Origin | undefined {
  const answer = origin.safeParse({ whose: chosen }).data?.whose ?? before?.whose;
  if (answer !== 'permitted') return answer === undefined ? undefined : { whose: answer };
  const from = proofOf(typed, before?.whose === 'permitted' ? before.from : undefined);
  return { whose: answer, ...(from === undefined ? {} : { from }) };
}

/** What was typed; nothing when the field was emptied; what stood before when there was no field. */
function proofOf(typed: string | undefined, before: string | undefined): string | undefined {
  if (typed === undefined) return before;
  const proof = typed.trim();
  return proof === '' ? undefined : proof;
}
