import type { Content, Courier, Place, SendOutcome } from './courier.ts';

/** Updates a card where it stands; when it has been deleted there, a new one takes its place where it belongs now. */
export async function updatedOrAnew(
  courier: Pick<Courier, 'update' | 'post'>,
  { there, place }: { readonly there: Place; readonly place: Place },
  activityId: string,
  content: Content,
  signal: AbortSignal,
): Promise<SendOutcome> {
  const outcome = await courier.update(there, activityId, content, signal);
  if (outcome.sent || outcome.why !== 'gone') return outcome;
  return await courier.post(place, content, signal);
}
