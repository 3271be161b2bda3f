import { createRequire } from 'node:module';
import type { Server, ServerOptions } from 'restify';
import { z } from 'zod';

/** What the package's classes are made of; a log is what restify calls one. */
type Options = Pick<ServerOptions, 'name' | 'ignoreTrailingSlash'> & { readonly log: object };
const isClass = (it: unknown): boolean => typeof it === 'function';
const routerClass = z.custom<new (options: Options) => object>(isClass);
const serverClass = z.custom<new (options: Options & { readonly router: object }) => Server>(isClass);

const nothing = (): void => undefined;
/** restify's own log lines are not of the form that ours must have; what it could tell we log ourselves. */
const silence = {
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  fatal: nothing,
};

/**
 * What `restify.createServer` makes, from the same two classes. The package's own entry loads all of its plug-ins
 * besides, with parsers of forms, signatures and dates: more than the server itself, and Crier mounts none of them.
 */
export function createServer(options: Omit<Options, 'log'>): Server {
  const load = createRequire(import.meta.url);
  const Router = routerClass.parse(load('restify/lib/router'));
  const RestifyServer = serverClass.parse(load('restify/lib/server'));
  const silent = { ...options, log: silence };
  return new RestifyServer({ ...silent, router: new Router(silent) });
}
