import { z } from 'zod';

/** Who is in a conversation, as Teams says. */

export interface Member {
  readonly id: string;
  readonly aadObjectId?: string;
  readonly userPrincipalName?: string;
  readonly name: string;
  /** not of the council's own tenant */
  readonly isGuest: boolean;
}

/** A page of them, as the connector answers. */
export const memberPage = z.object({
  members: z.array(z.unknown()),
  continuationToken: z.string().nullish(),
});
export type MemberPage = z.infer<typeof memberPage>;

const memberSchema = z.object({
  id: z.string(),
  name: z.string().optional(),
  aadObjectId: z.string().optional(),
  objectId: z.string().optional(),
  userPrincipalName: z.string().optional(),
  userRole: z.string().optional(),
});

/** @returns one of a page; undefined where nothing can be made of it */
export function memberOf(raw: unknown): Member | undefined {
  const member = memberSchema.safeParse(raw).data;
  if (member === undefined) return undefined;
  const aadObjectId = member.aadObjectId ?? member.objectId;
  const { userPrincipalName } = member;
  return {
    id: member.id,
    ...(aadObjectId === undefined ? {} : { aadObjectId }),
    ...(userPrincipalName === undefined ? {} : { userPrincipalName }),
    name: member.name ?? '',
    // Entra writes `#EXT#` into the name of everybody invited from elsewhere.
    isGuest: member.userRole === 'guest' || userPrincipalName?.toUpperCase().includes('#EXT#') === true,
  };
}
