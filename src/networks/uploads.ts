import { crier } from '../core/context.ts';
import { z } from 'zod';
import type { AggregateKind, Command } from '../core/aggregate.ts';
import { readsForms } from '../core/forms.ts';
import type { Refusal } from '../core/change.ts';
import type { Executor } from '../core/execute.ts';
import { aggregate, bind, type Aggregate } from '../core/registry.ts';
import type { Millis } from '../core/time.ts';

/**
 * What follows once the video is there and before anybody may see it, each done once. `posting` is the last: from then
 * on a post that shows it may stand.
 */
const steps = ['captions', 'thumbnail', 'playlist', 'posting'] as const;
export type Step = (typeof steps)[number];

/** names what is brought, where it may be another by the next attempt: earlier releases kept none */
const contents = z.string().exactOptional();

/** how often in a row the network knew nothing any more of what had come, and it was begun anew */
const forgotten = z.int().exactOptional();

const stateSchema = z.discriminatedUnion('is', [
  z.object({
    is: z.literal('sending'),
    /**
     * what the network calls this upload: YouTube's address, Facebook's session, Instagram's container, X's medium.
     * Whoever has it may be able to go on with it, so it is in no log and no entry
     */
    location: z.string(),
    size: z.int(),
    openedAt: z.int(),
    /** which bytes the network wants next, `to` exclusive, where it says so and can not be asked later */
    next: z.object({ from: z.int(), to: z.int() }).exactOptional(),
    /** since when the last step may have been taken; before that nothing can be there that anybody sees */
    finishingAt: z.int().exactOptional(),
    contents,
    forgotten,
  }),
  z.object({
    is: z.literal('arrived'),
    video: z.string(),
    openedAt: z.int(),
    done: z.array(z.enum(steps)),
    contents,
    forgotten,
  }),
  z.object({ is: z.literal('shown'), video: z.string(), openedAt: z.int() }),
  /** the session ended and no video came of it; another may be opened */
  z.object({ is: z.literal('lapsed'), openedAt: z.int(), forgotten }),
]);

/**
 * How far one publication's video has come on its network. It is stored before a byte of the video leaves, so that
 * whoever comes after a death goes on where the dead one was.
 */
export type UploadState = Readonly<z.infer<typeof stateSchema>>;

const uploadKind: AggregateKind<UploadState> = {
  kind: 'upload',
  form: 1,
  indexes: {},
  parse: readsForms('upload', { 1: stateSchema }),
  index: () => ({}),
};

type UploadRefusal = Refusal<'upload-is-elsewhere'> & { readonly facts: Record<never, never> };
type UploadCommand<P> = Command<UploadState, P, unknown, UploadRefusal>;

const elsewhere: UploadRefusal = { refused: 'upload-is-elsewhere', facts: {} };

/** So often in a row a network may forget a video; then a person is told instead of trying without end. */
const mostForgotten = 3;

/** Whether a network forgot a video so often that it is not brought anew before a person says so. */
export const isForgottenTooOften = (state: UploadState | undefined): boolean =>
  state?.is === 'lapsed' && (state.forgotten ?? 0) >= mostForgotten;

const timesForgotten = (
  state: Exclude<UploadState, { readonly is: 'shown' }> | undefined,
): { readonly forgotten?: number } => (state?.forgotten === undefined ? {} : { forgotten: state.forgotten });

const piece = z.object({ from: z.int(), to: z.int() });
const openParams = z.object({ location: z.string(), size: z.int(), next: piece.exactOptional(), contents });
/** Keeps a session. Refused while there is one, so that of two that were opened at once only one is used. */
const open: UploadCommand<z.infer<typeof openParams>> = {
  name: 'upload.open',
  kind: 'upload',
  schema: openParams,
  decide: (state, { location, size, next, contents: of }, { now }) =>
    state === undefined || state.is === 'lapsed'
      ? {
          state: {
            is: 'sending',
            location,
            size,
            openedAt: now,
            ...(next === undefined ? {} : { next }),
            ...(of === undefined ? {} : { contents: of }),
            // Somebody has been told, and says that it is tried again.
            ...(isForgottenTooOften(state) ? {} : timesForgotten(state)),
          },
          audit: [{ action: 'upload-opened', facts: { size } }],
          effects: [],
        }
      : elsewhere,
};

const reachParams = z.object({ location: z.string(), next: piece });
/** Keeps which bytes are wanted next; where there are none, `from` and `to` are the same. */
const reach: UploadCommand<z.infer<typeof reachParams>> = {
  name: 'upload.reach',
  kind: 'upload',
  schema: reachParams,
  decide: (state, { location, next }) =>
    state?.is === 'sending' && state.location === location
      ? { state: { ...state, next }, audit: [], effects: [] }
      : elsewhere,
};

const locationParams = z.object({ location: z.string() });
/** Says that the last bytes are about to leave. */
const finish: UploadCommand<z.infer<typeof locationParams>> = {
  name: 'upload.finish',
  kind: 'upload',
  schema: locationParams,
  decide: (state, { location }, { now }) =>
    state?.is === 'sending' && state.location === location
      ? { state: { ...state, finishingAt: state.finishingAt ?? now }, audit: [], effects: [] }
      : elsewhere,
};

const lapseParams = locationParams.extend({ forgotten: z.boolean() });
/** Gives up a session that the network does not know any more, or a video, by its id, that it would not take. */
const lapse: UploadCommand<z.infer<typeof lapseParams>> = {
  name: 'upload.lapse',
  kind: 'upload',
  schema: lapseParams,
  decide: (state, { location, forgotten: again }) =>
    (state?.is === 'sending' && state.location === location) ||
    (state?.is === 'arrived' && state.video === location)
      ? {
          state: {
            is: 'lapsed',
            openedAt: state.openedAt,
            ...(again ? { forgotten: (state.forgotten ?? 0) + 1 } : {}),
          },
          audit: [{ action: 'upload-lapsed', facts: {} }],
          effects: [],
        }
      : elsewhere,
};

const videoParams = z.object({ video: z.string() });
const arrive: UploadCommand<z.infer<typeof videoParams>> = {
  name: 'upload.arrive',
  kind: 'upload',
  schema: videoParams,
  decide: (state, { video }) =>
    state?.is === 'sending'
      ? {
          state: {
            is: 'arrived',
            video,
            openedAt: state.openedAt,
            done: [],
            ...(state.contents === undefined ? {} : { contents: state.contents }),
            ...timesForgotten(state),
          },
          audit: [{ action: 'upload-arrived', facts: { video } }],
          effects: [],
        }
      : elsewhere,
};

const stepParams = z.object({ step: z.enum(steps) });
const step: UploadCommand<z.infer<typeof stepParams>> = {
  name: 'upload.step',
  kind: 'upload',
  schema: stepParams,
  decide: (state, { step: done }) =>
    state?.is === 'arrived' && !state.done.includes(done)
      ? {
          state: { ...state, done: [...state.done, done] },
          audit: [{ action: 'upload-step-done', facts: { step: done } }],
          effects: [],
        }
      : elsewhere,
};

const show: UploadCommand<Record<never, never>> = {
  name: 'upload.show',
  kind: 'upload',
  schema: z.object({}),
  decide: (state) =>
    state?.is === 'arrived'
      ? {
          state: { is: 'shown', video: state.video, openedAt: state.openedAt },
          audit: [{ action: 'upload-shown', facts: { video: state.video } }],
          effects: [],
        }
      : elsewhere,
};

/** For the store, which must know every kind. */
export const uploadKinds = [uploadKind];

/** For the executor. */
export const uploadAggregates: readonly Aggregate<unknown>[] = [
  aggregate(uploadKind, [
    bind(open),
    bind(reach),
    bind(finish),
    bind(lapse),
    bind(arrive),
    bind(step),
    bind(show),
  ]),
];

/** Bytes of a file, `to` exclusive. */
export type Piece = Readonly<z.infer<typeof piece>>;

/** Where uploads are remembered. Every change is on disk once it resolves, and gives what is then remembered. */
export interface Uploads {
  readonly of: (publication: string) => Promise<UploadState | undefined>;
  readonly open: (
    publication: string,
    location: string,
    size: number,
    more?: { readonly next?: Piece; readonly contents?: string },
  ) => Promise<UploadState | undefined>;
  readonly reach: (publication: string, location: string, next: Piece) => Promise<UploadState | undefined>;
  readonly finish: (publication: string, location: string) => Promise<UploadState | undefined>;
  readonly lapse: (publication: string, location: string) => Promise<UploadState | undefined>;
  /** lapses as well, where the network knows nothing of it any more: that is counted */
  readonly forget: (publication: string, location: string) => Promise<UploadState | undefined>;
  readonly arrive: (publication: string, video: string) => Promise<UploadState | undefined>;
  readonly step: (publication: string, step: Step) => Promise<UploadState | undefined>;
  readonly show: (publication: string) => Promise<UploadState | undefined>;
}

/** Uploads in the store; a change that another process was quicker with gives what that one left. */
export function storedUploads(executor: Pick<Executor, 'execute' | 'load'>): Uploads {
  const of = async (id: string): Promise<UploadState | undefined> =>
    (await executor.load(uploadKind, id))?.state;
  const change = async (command: string, id: string, params: unknown): Promise<UploadState | undefined> => {
    await executor.execute({ command, id, params, actor: crier });
    return await of(id);
  };
  return {
    of,
    open: async (id, location, size, more = {}) => await change(open.name, id, { location, size, ...more }),
    reach: async (id, location, next) => await change(reach.name, id, { location, next }),
    finish: async (id, location) => await change(finish.name, id, { location }),
    lapse: async (id, location) => await change(lapse.name, id, { location, forgotten: false }),
    forget: async (id, location) => await change(lapse.name, id, { location, forgotten: true }),
    arrive: async (id, video) => await change(arrive.name, id, { video }),
    step: async (id, done) => await change(step.name, id, { step: done }),
    show: async (id) => await change(show.name, id, {}),
  };
}

/** How long after its last bytes a video that nobody can see may still turn up. */
export const mayTurnUpUntil = (finishingAt: Millis): Millis => finishingAt + 3_600_000;
