import type { Executor } from '../core/execute.ts';
import { personDocument, personKind, type PersonState } from './person.ts';
import { inUse, placeId, placeKind, type PlaceState } from './place.ts';

/** @returns what is kept of somebody; undefined where nothing is */
export const personKnown = async (
  executor: Pick<Executor, 'load'>,
  person: string,
): Promise<PersonState | undefined> => (await executor.load(personKind, personDocument(person)))?.state;

/** @returns the Teams channel that a department, or `desk`, uses now; undefined where it uses none */
export const channelInUse = async (
  executor: Pick<Executor, 'load'>,
  of: string,
): Promise<PlaceState | undefined> => inUse((await executor.load(placeKind, placeId(of)))?.state);
