import type { Erasure } from '../../core/aggregate.ts';
import { refuse, type Refusal } from '../../core/change.ts';
import type { Protocol } from '../../protocol/protocol.ts';
import { publicationsOf } from '../leaving/what-is-public.ts';
import type { ErasedText, PostState } from '../post.ts';
import { redactPost } from './redact.ts';

/** What a clause of the protocol is about, for whoever looks for the right one. */
export interface NamedClause {
  readonly clause: string;
  /** of a rule and of a kind of record the id, of a route its title */
  readonly of: { readonly rule: string } | { readonly route: string } | { readonly records: string };
}

/** Why texts of a post are not erased. */
export type ErasureRefusal = Refusal<
  'clause-unknown' | 'may-not-decide' | 'stands-in-public' | 'may-still-go-out'
>;

/** Every clause that the protocol has, in the order of their numbers. */
export function clausesOf({ rules, routes, retention }: Protocol): readonly NamedClause[] {
  const all: readonly NamedClause[] = [
    ...Object.entries(rules).map(([rule, { clause }]) => ({ clause, of: { rule } })),
    ...routes.map(({ clause, title }) => ({ clause, of: { route: title } })),
    ...Object.entries(retention).map(([records, { clause }]) => ({ clause, of: { records } })),
  ];
  return all.toSorted((a, b) => a.clause.localeCompare(b.clause, 'en', { numeric: true }));
}

/**
 * Who may decide that texts leave the record: those who answer for what the council says and for its law. The desk
 * may not, since the record is there to show what the desk did as well.
 */
export function erasers({
  headOfCommunications,
  monitoringOfficer,
}: Pick<Protocol, 'headOfCommunications' | 'monitoringOfficer'>): readonly string[] {
  return [...new Set([headOfCommunications, monitoringOfficer])];
}

/**
 * Whether an erasure may be done to a post. What the public can still read, or may come to read, is taken away from
 * there first: a record that has lost the words that stand outside could no longer show or put right what they were.
 */
export function refuseErasure(
  post: PostState,
  erasure: Erasure,
  decidedBy: string,
  protocol: Protocol,
): ErasureRefusal | undefined {
  if (!clausesOf(protocol).some(({ clause }) => clause === erasure.clause)) return refuse('clause-unknown');
  if (!erasers(protocol).includes(decidedBy)) return refuse('may-not-decide');
  if (!takes(post, erasure).some((what) => toTheReader.has(what))) return undefined;
  const publications = Object.values(publicationsOf(post)).map(({ is }) => is);
  if (publications.some((is) => is === 'published' || is === 'removing')) return refuse('stands-in-public');
  const leaving = publications.some(
    (is) => is === 'queued' || is === 'sending' || is === 'unknown' || is === 'asked',
  );
  return leaving || mayLeave.has(post.status.is) ? refuse('may-still-go-out') : undefined;
}

/** Texts that the public reads; notes and what was answered about pictures stay inside. */
const toTheReader: ReadonlySet<ErasedText> = new Set<ErasedText>([
  'words',
  'media',
  'descriptions',
  'captions',
  'corrections',
]);

/** States from which a post goes out as its plan stands, whose bytes an erasure takes. */
const mayLeave: ReadonlySet<PostState['status']['is']> = new Set<PostState['status']['is']>([
  'in-review',
  'approved',
  'scheduled',
  'held',
]);

/** What an erasure would take out of a post's state. */
function takes(post: PostState, erasure: Erasure): readonly ErasedText[] {
  const { erased: _earlier, ...before } = post;
  return (redactPost(before, erasure, 0).state.erased ?? []).flatMap(({ what }) => what);
}
