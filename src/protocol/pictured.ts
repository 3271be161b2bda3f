import { z } from 'zod';

/** Longest reference of a form, and longest name of whoever gave permission, in UTF-16 units. */
const longestProof = 200;

const proof = z.string().trim().min(1).max(longestProof);

/** Who can be recognised in a picture, as somebody of the council answered (DAT-4). */
export const recognised = z.discriminatedUnion('who', [
  z.object({ who: z.literal('nobody') }),
  /** adults, who have agreed */
  z.object({ who: z.literal('adults') }),
  /** `form`: the reference of the form that was signed for them; absent: nobody has given it yet */
  z.object({ who: z.literal('children'), form: proof.exactOptional() }),
]);
export type Recognised = z.infer<typeof recognised>;

/** Whose a picture is, as somebody of the council answered (DAT-6). */
export const origin = z.discriminatedUnion('whose', [
  z.object({ whose: z.literal('ours') }),
  /** `from`: who licensed or permitted it; absent: nobody has said yet */
  z.object({ whose: z.literal('permitted'), from: proof.exactOptional() }),
  z.object({ whose: z.literal('not-cleared') }),
]);
export type Origin = z.infer<typeof origin>;

/** What is answered about a picture. Absent: not answered, as in documents from before it was asked. */
export interface PictureAnswers {
  readonly recognised?: Recognised;
  readonly origin?: Origin;
}

/** The stored form of the answers, to stand among a picture's other fields. */
export const pictureAnswers = {
  recognised: recognised.exactOptional(),
  origin: origin.exactOptional(),
} as const;
