import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { bodyOf, send, type Answer } from './faults.ts';
import { beginnings, filmBytes } from './film-bytes.ts';

/** A film that stands in a post, or could. */
export interface XFilm {
  readonly hash: string;
  readonly size: number;
  readonly captions: readonly { readonly language: string; readonly name: string; readonly text: string }[];
}

/** What goes wrong with films from now on. */
export interface XFilmFaults {
  /** the pieces that come next get no answer, taken or not */
  loses: { readonly pieces: number; readonly taken: boolean };
  /** the next upload is ended, and nobody is told */
  losesEnd: boolean;
  /** no film that comes from now on can be read */
  spoils: boolean;
  /** the next captions are not taken */
  refusesCaptions: boolean;
  /** it knows nothing of any film that comes */
  forgets: boolean;
}

interface Medium {
  readonly category: 'tweet_image' | 'tweet_gif' | 'tweet_video' | 'subtitles';
  readonly bytes: number;
  readonly pieces: Map<number, Buffer>;
  /** X forgets what was not posted */
  until: number;
  alt: string;
  /** a film is worked on until the second look */
  is: 'coming' | 'pending' | 'in_progress' | 'succeeded' | 'failed';
  readonly captions: { readonly language: string; readonly name: string; readonly text: string }[];
}

const life = 86_400;
const largestPiece = 5 * 1024 * 1024;
const largest = { tweet_image: 5e6, tweet_gif: 15e6, tweet_video: 512e6, subtitles: 1e6 };
const types = {
  tweet_image: ['image/jpeg', 'image/png', 'image/webp'],
  tweet_gif: ['image/gif'],
  tweet_video: ['video/mp4', 'video/quicktime'],
  subtitles: ['text/srt'],
};

const initialising = z.strictObject({
  media_type: z.string(),
  media_category: z.enum(['tweet_image', 'tweet_gif', 'tweet_video', 'subtitles']),
  total_bytes: z.int().positive(),
});
const describing = z.strictObject({
  id: z.string(),
  metadata: z.strictObject({ alt_text: z.strictObject({ text: z.string().max(1_000) }) }),
});
const captioning = z.strictObject({
  id: z.string(),
  media_category: z.literal('TweetVideo'),
  subtitles: z.strictObject({
    id: z.string(),
    language_code: z.string().regex(/^[A-Z]{2}$/u),
    display_name: z.string().min(1),
  }),
});

/** The parts of a form, byte for byte: the client gives its pieces no name of a file, and so they would count as text. */
function partsOf(body: Buffer, contentType: string): ReadonlyMap<string, Buffer> {
  const [, boundary = ''] = /^multipart\/form-data; boundary=(\S+)$/u.exec(contentType) ?? [];
  const parts = new Map<string, Buffer>();
  const mark = Buffer.from(`--${boundary}`);
  let at = body.indexOf(mark) + mark.length;
  for (let next = body.indexOf(mark, at); next > 0; next = body.indexOf(mark, at)) {
    const end = body.indexOf('\r\n\r\n', at);
    const [, name = ''] = /; name="(\w+)"/u.exec(body.toString('latin1', at, end)) ?? [];
    parts.set(name, body.subarray(end + 4, next - 2));
    at = next + mark.length;
  }
  return parts;
}

/** Plays the part of X that takes pictures, films and captions, in pieces. */
export function xMedia(
  clock: () => number,
  problem: (status: number, title: string, detail: string) => Answer,
) {
  const media = new Map<string, Medium>();
  /** each piece of a film that came, by its number */
  const pieces: number[] = [];
  /** of films, with the form around each piece */
  const bytes = filmBytes();
  const begins = beginnings();
  const faults: XFilmFaults = {
    loses: { pieces: 0, taken: false },
    losesEnd: false,
    spoils: false,
    refusesCaptions: false,
    forgets: false,
  };
  const bad = (detail = 'One or more parameters are invalid.'): Answer =>
    problem(400, 'Invalid Request', detail);
  const known = (id: string): Medium | undefined => {
    const medium = media.get(id);
    const lost = faults.forgets && medium?.category === 'tweet_video';
    return medium !== undefined && medium.until > clock() && !lost ? medium : undefined;
  };
  const textOf = (medium: Medium): Buffer => Buffer.concat([...medium.pieces.values()]);
  const told = (id: string, { is, category }: Medium): Answer => {
    const info =
      is === 'pending' || is === 'in_progress'
        ? { state: is, check_after_secs: 1 }
        : { state: is, ...(is === 'failed' ? { error: { code: 1, name: 'InvalidMedia' } } : {}) };
    return {
      status: 200,
      body: {
        data: {
          id,
          media_key: `${category === 'tweet_video' ? '13' : '3'}_${id}`,
          expires_after_secs: life,
          ...(category === 'tweet_video' ? { processing_info: info } : {}),
        },
      },
    };
  };

  function initialise(body: unknown): Answer {
    const read = initialising.safeParse(body);
    if (!read.success) return bad();
    const { media_category: category, media_type: type, total_bytes: bytes } = read.data;
    if (!types[category].includes(type) || bytes > largest[category]) return bad();
    const id = String(media.size + 7_000_000);
    const until = clock() + life * 1000;
    media.set(id, { category, bytes, pieces: new Map(), until, alt: '', is: 'coming', captions: [] });
    return { status: 200, body: { data: { id, expires_after_secs: life } } };
  }

  async function append(medium: Medium, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const film = medium.category === 'tweet_video';
    const body = await bodyOf(request, film ? bytes.came : undefined);
    const fields = partsOf(body, request.headers['content-type'] ?? '');
    const index = Number(fields.get('segment_index') ?? 'none');
    const piece = fields.get('media');
    const right =
      medium.is === 'coming' && Number.isInteger(index) && index >= 0 && index < 1_000 && piece !== undefined;
    if (!right || piece.length === 0 || piece.length > largestPiece) return send(response, bad());
    const lost = film && faults.loses.pieces > 0;
    if (!lost || faults.loses.taken) {
      if (film) begins.piece(index, medium.pieces, 0);
      medium.pieces.set(index, piece);
      if (film) pieces.push(index);
    }
    if (lost) {
      faults.loses = { ...faults.loses, pieces: faults.loses.pieces - 1 };
      response.socket?.destroy();
      return;
    }
    send(response, { status: 200, body: { data: { expires_at: Math.floor(medium.until / 1000) } } });
  }

  function finalise(id: string, medium: Medium, response: ServerResponse): void {
    const numbers = [...medium.pieces.keys()].toSorted((a, b) => a - b);
    const whole = numbers.every((number, n) => number === n) && textOf(medium).length === medium.bytes;
    if (medium.is !== 'coming' || !whole) {
      return send(response, bad('Segments do not add up to provided total file size.'));
    }
    medium.is = medium.category === 'tweet_video' ? 'pending' : 'succeeded';
    medium.until = clock() + life * 1000;
    if (faults.losesEnd && medium.category === 'tweet_video') {
      faults.losesEnd = false;
      response.socket?.destroy();
      return;
    }
    send(response, told(id, medium));
  }

  function status(id: string): Answer {
    const medium = known(id);
    if (medium === undefined) return problem(404, 'Not Found', 'No such media.');
    if (medium.is === 'coming') return bad('The upload was not ended.');
    if (medium.is === 'in_progress') medium.is = faults.spoils ? 'failed' : 'succeeded';
    if (medium.is === 'pending') medium.is = 'in_progress';
    return told(id, medium);
  }

  function describe(body: unknown): Answer {
    const read = describing.safeParse(body);
    const medium = read.success ? known(read.data.id) : undefined;
    // Films have no descriptions.
    if (!read.success || medium?.category === 'tweet_video') return bad();
    if (medium !== undefined) medium.alt = read.data.metadata.alt_text.text;
    return { status: 200, body: { data: { id: read.data.id } } };
  }

  function caption(body: unknown): Answer {
    const read = captioning.safeParse(body);
    if (!read.success) return bad();
    const { id, subtitles } = read.data;
    const [film, file] = [known(id), known(subtitles.id)];
    const right = film?.category === 'tweet_video' && file?.category === 'subtitles';
    if (!right || film.is === 'coming' || file.is !== 'succeeded' || faults.refusesCaptions) return bad();
    const { language_code: language, display_name: name } = subtitles;
    film.captions.push({ language, name, text: String(textOf(file)) });
    return { status: 200, body: { data: { id, media_category: 'TweetVideo' } } };
  }

  return {
    faults,
    pieces,
    bytes,
    fromZero: begins.fromZero,
    /** every upload of a film that was begun, ended or not */
    begun: () => [...media.values()].filter(({ category }) => category === 'tweet_video').length,
    status,
    async post(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
      const [, id = '', what = ''] = /^\/2\/media\/upload\/(\d+)\/(append|finalize)$/.exec(path) ?? [];
      const medium = known(id);
      if (medium !== undefined && what === 'append') return await append(medium, request, response);
      if (medium !== undefined) return finalise(id, medium, response);
      const body = String(await bodyOf(request));
      switch (path) {
        case '/2/media/upload/initialize':
          return send(response, initialise(JSON.parse(body)));
        case '/2/media/metadata':
          return send(response, describe(JSON.parse(body)));
        case '/2/media/subtitles':
          return send(response, caption(JSON.parse(body)));
        default:
          return send(response, problem(404, 'Not Found', 'No such media.'));
      }
    },
    /** what a post would show of these; undefined where it may not: four pictures, or a film alone */
    shown(ids: readonly string[]) {
      const found = ids.map(known);
      const ready = found.filter((each) => each?.is === 'succeeded');
      const films = ready.filter((each) => each?.category === 'tweet_video');
      if (ready.length < ids.length || (films.length > 0 && ids.length > 1)) return undefined;
      const pictures = ready.flatMap((each) =>
        each === undefined || each.category === 'tweet_video' ? [] : [{ bytes: each.bytes, alt: each.alt }],
      );
      const [film] = films.flatMap((each): readonly XFilm[] =>
        each === undefined
          ? []
          : [
              {
                hash: createHash('sha256').update(textOf(each)).digest('base64url'),
                size: each.bytes,
                captions: [...each.captions],
              },
            ],
      );
      return { pictures, film };
    },
  };
}
