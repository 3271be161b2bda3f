import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Request, Response, Server } from 'restify';
import { rolesOf, type Role } from '../../protocol/people.ts';
import type { Protocol } from '../../protocol/protocol.ts';
import { asset, type Asset } from '../asset.ts';
import { createLook } from '../look.ts';
import { caching, respond } from '../respond.ts';
import { mayCome } from '../same-origin.ts';
import { contentSecurityPolicy } from '../security.ts';
import { where, type Where } from './connector.ts';
import type { NotTaken, PartView, RehearsalParts } from './parts.ts';

const require = createRequire(import.meta.url);
const script = 'text/javascript; charset=utf-8';

const pageFile = (name: string, from: string | URL, contentType: string): Asset =>
  asset(`/rehearsal/${name}`, from, contentType);

/** The page's own script and style, and the renderer that Teams draws cards with, as their packages bring them. */
function pageFiles() {
  const renderer = join(dirname(require.resolve('adaptivecards/package.json')), 'dist/adaptivecards.min.js');
  const markdown = join(dirname(require.resolve('markdown-it')), 'browser/markdown-it.umd.min.js');
  return {
    css: pageFile(
      'rehearsal.css',
      new URL('../public/rehearsal.css', import.meta.url),
      'text/css; charset=utf-8',
    ),
    page: pageFile('rehearsal.js', new URL('../public/rehearsal.js', import.meta.url), script),
    renderer: pageFile('adaptivecards.js', renderer, script),
    markdown: pageFile('markdown-it.js', markdown, script),
  };
}

/** Everything somebody is, gathered by department; roles for the whole council stand under the council's own word. */
function partsOf(person: string, protocol: Protocol): readonly PartView[] {
  const gathered = new Map<string, Role['role'][]>();
  for (const each of rolesOf(person, protocol)) {
    const of = 'department' in each ? (protocol.departments[each.department]?.short ?? each.department) : '';
    const roles = gathered.get(of) ?? [];
    roles.push(each.role);
    gathered.set(of, roles);
  }
  return [...gathered].map(([of, roles]) => ({ of, roles }));
}

/** Answers with the page as one of its people, or as nobody yet. */
export type ShowPage = (request: Request, response: Response, notTaken?: NotTaken) => Promise<void>;

/** As whom, and where, a page's address says. */
export function seatOf(request: Request): { readonly as: string | null; readonly at: Where } {
  const query = new URLSearchParams(request.getQuery());
  return { as: query.get('as'), at: where.parse(query.get('in')) };
}

/** The page itself, its files, and the marks of those for whom something waits. */
export function mountPage(server: Server, parts: RehearsalParts): ShowPage {
  const { protocol, players, port } = parts;
  const look = createLook(protocol().council);
  const files = pageFiles();
  // The page may be opened from the simulator's cards and from a terminal; it does nothing by being opened.
  const ours = (request: Request): boolean => mayCome(request, { port: port(), callers: 'links' });
  const refuse = (response: Response): void => {
    response.sendRaw(403, '', { 'Cache-Control': 'no-store', 'Content-Length': '0' });
  };

  const show: ShowPage = async (request, response, notTaken) => {
    const { as, at } = seatOf(request);
    const people = players.map(({ person, name }) => ({ person, name, parts: partsOf(person, protocol()) }));
    const current = people.find(({ person }) => person === as);
    const body = look.draw('rehearsal.njk', {
      title: `${notTaken === undefined ? '' : 'Error: '}${current === undefined ? '' : `${current.name} – `}Rehearsal`,
      people,
      desk: protocol().desk.name,
      simulatorUrl: parts.simulatorUrl,
      own: parts.publicUrl(),
      files: {
        css: files.css.address,
        page: files.page.address,
        renderer: files.renderer.address,
        markdown: files.markdown.address,
      },
      ...(current === undefined ? {} : { current }),
      at,
      notTaken,
    });
    response.setHeader(
      'Content-Security-Policy',
      contentSecurityPolicy({ script: true, connect: true, form: true }),
    );
    await respond(request, response, {
      status: notTaken === undefined ? 200 : 422,
      contentType: 'text/html; charset=utf-8',
      body,
      cache: caching.never,
    });
  };

  server.get('/rehearsal', async (request, response) => {
    if (!ours(request)) return refuse(response);
    await show(request, response);
  });

  for (const { path, contentType, body } of Object.values(files)) {
    server.get(path, async (request, response) => {
      if (!ours(request)) return refuse(response);
      await respond(request, response, { status: 200, contentType, body, cache: caching.asset });
    });
  }
  return show;
}
