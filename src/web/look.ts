import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type nunjucks from 'nunjucks';
import { z } from 'zod';
import type { Council } from '../protocol/protocol.ts';
import { languageOf } from '../protocol/text/language.ts';
import { asset, type Asset } from './asset.ts';
import type { ItemView } from './item.ts';
import type { Where } from './rehearsal/connector.ts';
import type { NotTaken, PlayerView } from './rehearsal/parts.ts';
import type { Paragraph } from './text.ts';

export interface ErrorView {
  readonly status: number;
  readonly title: string;
  readonly requestId: string;
}

/** What each template is drawn from, beside the council and the assets. */
export interface Views {
  readonly 'home.njk': {
    readonly title: string;
    readonly section?: 'news';
    readonly items: readonly ItemView[];
  };
  readonly 'news.njk': {
    readonly title: string;
    readonly section: 'news';
    readonly path: string;
    readonly items: readonly ItemView[];
    readonly older: boolean;
    readonly range: string;
    readonly newerPath?: string;
    readonly olderPath?: string;
  };
  readonly 'page.njk': {
    readonly title: string;
    readonly section: 'news';
    readonly crumbs: readonly Crumb[];
    readonly item: ItemView;
  };
  readonly 'embed.njk': { readonly items: readonly ItemView[] };
  readonly 'embed-how.njk': {
    readonly title: string;
    readonly snippet: string;
    readonly framedBy: readonly string[];
  };
  readonly 'contact.njk': Plain;
  readonly 'privacy.njk': Plain;
  readonly 'accessibility.njk': Plain;
  readonly 'terms.njk': Plain;
  readonly 'rehearsal.njk': RehearsalView;
  readonly 'error.njk': ErrorView;
  readonly 'atom.njk': FeedView & { readonly updatedIso: string };
  readonly 'rss.njk': FeedView & { readonly updatedRss: string };
  readonly 'feed-item.njk': { readonly item: ItemView };
}

interface RehearsalView {
  readonly title: string;
  readonly people: readonly PlayerView[];
  /** whom the page plays; absent: nobody chosen yet */
  readonly current?: PlayerView;
  /** what the desk is called */
  readonly desk: string;
  readonly simulatorUrl: string;
  /** with what the addresses of Crier's own pictures begin */
  readonly own: string;
  /** addresses of the page's own files */
  readonly files: Readonly<Record<'css' | 'page' | 'renderer' | 'markdown', string>>;
  /** where they talk to Crier */
  readonly at: Where;
  /** what was sent last, where it was not taken */
  readonly notTaken?: NotTaken | undefined;
}

interface Plain {
  readonly title: string;
  readonly path: string;
  readonly phoneLink: string;
}

interface Crumb {
  readonly text: string;
  readonly href: string;
}

interface FeedView {
  readonly home: string;
  readonly items: readonly (ItemView & { readonly html: string })[];
}

/** The site's templates and files, in a council's name. */
export interface Look {
  readonly assets: readonly Asset[];
  readonly draw: <N extends keyof Views>(name: N, view: Views[N]) => string;
}

const publicAsset = (file: string, contentType: string): Asset =>
  asset(`/assets/${file}`, new URL(`./public/${file}`, import.meta.url), contentType);

const constructor = z.custom((value) => typeof value === 'function');

/** The template engine, loaded with the first page that is drawn: no card needs it, and it takes memory and a while. */
const templating = z.custom<Pick<typeof nunjucks, 'Environment' | 'FileSystemLoader'>>(
  (loaded) => z.object({ Environment: constructor, FileSystemLoader: constructor }).safeParse(loaded).success,
);

/** The language of words on an English page (WCAG 2.2, 3.1.2); empty where it is another one, and nobody knows which. */
function foreignLanguage(words: string | Paragraph): string | undefined {
  const text =
    typeof words === 'string'
      ? words
      : words.map((line) => line.map((each) => each.text).join('')).join('\n');
  const language = languageOf(text);
  return language === 'en' ? undefined : language;
}

/** Reads templates and files once; what they show is escaped unless a template says otherwise, and none does. */
export function createLook(council: Council): Look {
  const css = publicAsset('crier.css', 'text/css; charset=utf-8');
  const copy = publicAsset('copy.js', 'text/javascript; charset=utf-8');
  const icon = publicAsset('icon.svg', 'image/svg+xml');
  let environment: nunjucks.Environment | undefined;
  const engine = (): nunjucks.Environment => {
    if (environment !== undefined) return environment;
    const templates = fileURLToPath(new URL('./templates', import.meta.url));
    const frontend = fileURLToPath(new URL('./dist', import.meta.resolve('govuk-frontend/package.json')));
    const { Environment, FileSystemLoader } = templating.parse(createRequire(import.meta.url)('nunjucks'));
    environment = new Environment(new FileSystemLoader([templates, frontend]), {
      autoescape: true,
      trimBlocks: true,
      lstripBlocks: true,
    });
    environment.addFilter('foreign', foreignLanguage);
    environment.addGlobal('council', council);
    environment.addGlobal('assets', { css: css.address, copy: copy.address, icon: icon.address });
    return environment;
  };
  return {
    assets: [css, copy, icon],
    draw: (name, view) => engine().render(name, view),
  };
}
