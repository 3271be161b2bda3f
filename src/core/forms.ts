import type { AggregateKind } from './aggregate.ts';
import type { StoredDocument } from './store.ts';

/**
 * A document has a form that this release does not know: a newer one wrote it, while two run side by side or before
 * somebody went back. It is left as it is, since writing it again would lose what is new in it.
 */
export class UnknownForm extends Error {
  constructor(kind: string, form: number) {
    super(`a document of the kind ${kind} has form ${form}, which this release does not read`);
  }
}

/** How a kind's states are read: each form that this release knows by its own schema. */
export function readsForms<S>(
  kind: string,
  forms: Readonly<Record<number, { readonly parse: (state: unknown) => S }>>,
): AggregateKind<S>['parse'] {
  return (state, form) => {
    const known = forms[form];
    if (known === undefined) throw new UnknownForm(kind, form);
    return known.parse(state);
  };
}

/** Whether a document can be read here: what a newer release wrote is left out where many are looked through. */
export const isReadable = (
  { form: known }: Pick<AggregateKind<never>, 'form'>,
  { form }: { readonly form: number },
): boolean => form <= known;

/** The states of those documents that can be read here. */
export const statesIn = <S>(
  kind: Pick<AggregateKind<S>, 'kind' | 'parse' | 'form'>,
  documents: readonly StoredDocument[],
): readonly S[] => documents.filter((each) => isReadable(kind, each)).map((each) => stateIn(kind, each));

/** What came of something, or `instead` where a newer release has written what it is about: that is left to it. */
export async function unlessNewer<T, I>(work: Promise<T>, instead: I): Promise<T | I> {
  try {
    return await work;
  } catch (fault) {
    if (fault instanceof UnknownForm) return instead;
    throw fault;
  }
}

/**
 * The state in a document that was read from the store itself.
 * @throws `UnknownForm`, or a fault for a document that holds no state of this kind
 */
export function stateIn<S>(
  kind: Pick<AggregateKind<S>, 'kind' | 'parse'>,
  { id, form, body }: Pick<StoredDocument, 'id' | 'form' | 'body'>,
): S {
  if (body === null || typeof body !== 'object' || !('state' in body)) {
    throw new Error(`the document ${kind.kind} ${id} holds no state`);
  }
  return kind.parse(body['state'], form);
}
