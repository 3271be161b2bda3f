import { createServer } from 'node:http';
import { openCouncil, type Council, type Somebody } from './council.ts';
import { ended, listening } from '../peers/listening.ts';

/** Teams that keeps files, and hands each over to whoever Crier asks it for. */
export interface FilesInTeams extends AsyncDisposable {
  /** sends a file by its name, with words or none. @returns what Crier said to it last */
  send(who: Somebody, name: string, words: string): Promise<string>;
  /** sends several files with words. @returns all that Crier said to it */
  sent(who: Somebody, words: string, ...names: readonly string[]): ReturnType<Somebody['say']>;
  /** sends photos as a phone does, by no name */
  photos(who: Somebody, words: string, ...names: readonly string[]): ReturnType<Somebody['say']>;
}

/** @param files by name */
export async function filesInTeams(
  council: Council,
  files: Readonly<Record<string, Uint8Array>>,
): Promise<FilesInTeams> {
  const { handle } = council.connector;
  const server = createServer((request, response) => {
    const file = files[(request.url ?? '').slice(1)];
    if (file === undefined) handle(request, response);
    else response.end(file);
  });
  const { url: serviceUrl } = await listening(server);
  const attached = (name: string): object => ({
    contentType: 'image/jpeg',
    contentUrl: `${serviceUrl}/${name}`,
  });
  const sent: FilesInTeams['sent'] = async (who, words, ...names) => {
    const attachments = names.map((name) => ({ ...attached(name), name }));
    return await who.say(words, { serviceUrl, attachments });
  };
  return {
    sent,
    photos: async (who, words, ...names) =>
      await who.say(words, { serviceUrl, attachments: names.map(attached) }),
    send: async (who, name, words) => (await sent(who, words, name)).at(-1)?.text ?? '',
    [Symbol.asyncDispose]: async () => {
      await ended(server);
    },
  };
}

/** Nadia in her own chat with Crier, which has met her, and with files to send. */
interface NadiaWithFiles extends AsyncDisposable {
  readonly council: Council;
  readonly nadia: Somebody;
  readonly teams: FilesInTeams;
}

/** @param files by name */
export async function nadiaWith(files: Readonly<Record<string, Uint8Array>>): Promise<NadiaWithFiles> {
  await using opened = new AsyncDisposableStack();
  const council = opened.use(await openCouncil());
  const nadia = council.as('nadia-hartley');
  await nadia.say('hello');
  const teams = opened.use(await filesInTeams(council, files));
  const kept = opened.move();
  return { council, nadia, teams, [Symbol.asyncDispose]: async () => await kept.disposeAsync() };
}
