import type { Request, Server } from 'restify';
import { saidWords } from '../../words/pages.ts';
import { sayJson } from '../respond.ts';
import { mayCome } from '../same-origin.ts';
import { act, attachmentOf, leftInPlace } from './act.ts';
import type { Chats } from './chats.ts';
import { attachmentPath, conversationOf } from './connector.ts';
import { mostHeld, type HeldFiles } from './held-files.ts';
import { seatOf, type ShowPage } from './page.ts';
import type { NotTaken, RehearsalParts } from './parts.ts';

/** As many as Teams takes with one message. */
const mostFiles = 10;
/** As much as the JSON of `/rehearsal/act` takes. */
const longestText = 100_000;

interface Said {
  readonly text: string;
  readonly files: readonly File[];
}

/**
 * The form as it came. What is too large is read to its end and dropped: a browser reads no answer before it has sent
 * everything.
 * @returns undefined for what is no such form
 */
async function readForm(request: Request): Promise<Said | 'too-large' | undefined> {
  const type = request.headers['content-type'] ?? '';
  if (!/^multipart\/form-data\s*;/iu.test(type)) return undefined;
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const piece of request) {
    if (!(piece instanceof Uint8Array)) return undefined;
    size += piece.length;
    if (size <= mostHeld) pieces.push(new Uint8Array(piece));
    else pieces.length = 0;
  }
  if (size > mostHeld) return 'too-large';
  const form = await new Response(new Blob(pieces), { headers: { 'content-type': type } })
    .formData()
    .catch(() => undefined);
  const text = form?.get('word') ?? form?.get('text');
  if (form === undefined || typeof text !== 'string' || text.length > longestText) return undefined;
  return {
    // A form has the line ends of the mail of old.
    text: text.replaceAll('\r\n', '\n').trim(),
    // A field in which nothing was chosen is sent as a file without a name.
    files: form
      .getAll('files')
      .filter((each) => typeof each !== 'string')
      .filter(({ name }) => name !== ''),
  };
}

const notTaken = ({ text, files }: Said): NotTaken | undefined => {
  if (files.length > mostFiles) return { words: saidWords.tooMany, field: 'files', text };
  return text === '' && files.length === 0 ? { words: saidWords.nothing, field: 'text', text } : undefined;
};

/**
 * The form of the page, with what somebody types and the files that they choose. It is sent by the page's script, which
 * asks for JSON, or by a browser without scripts, which is shown the page again.
 */
export function mountSay(
  server: Server,
  parts: RehearsalParts,
  { chats, held, show }: { readonly chats: Chats; readonly held: HeldFiles; readonly show: ShowPage },
): void {
  server.post('/rehearsal/say', async (request, response) => {
    // A form needs no leave to be sent from any page, so that this comes before anything of it is read.
    if (!mayCome(request, { port: parts.port(), callers: 'own-pages' })) return sayJson(response, 403, {});
    const { as, at } = seatOf(request);
    const player = parts.players.find(({ person }) => person === as);
    const form = await readForm(request);
    if (player === undefined || form === undefined) return sayJson(response, 400, {});
    const byScript = request.headers.accept === 'application/json';
    const refuse = async (refused: NotTaken): Promise<void> =>
      byScript
        ? sayJson(response, 200, { error: refused.words, field: refused.field })
        : await show(request, response, refused);
    if (form === 'too-large') return await refuse({ words: saidWords.tooLarge, field: 'files', text: '' });
    const refused = notTaken(form);
    if (refused !== undefined) return await refuse(refused);
    const { text, files } = form;
    chats.add(conversationOf(player.person, at), {
      from: 'person',
      name: player.name,
      at: parts.clock(),
      ...(text === '' ? {} : { text }),
      ...(files.length === 0 ? {} : { files: files.map(({ name }) => name) }),
    });
    const attachments =
      at === 'channel'
        ? leftInPlace(files)
        : files.map((file) => attachmentOf(file, `${parts.origin()}${attachmentPath(held.hold(file))}`));
    const said = { does: 'say', person: player.person, in: at, text } as const;
    const answer = await act(said, player, parts, attachments);
    if (byScript) return sayJson(response, 200, answer);
    if (answer.failed === true) return await refuse({ words: saidWords.failed, field: 'text', text });
    const page = `/rehearsal?${request.getQuery()}`;
    response.sendRaw(303, '', { Location: page, 'Cache-Control': 'no-store', 'Content-Length': '0' });
  });
}
