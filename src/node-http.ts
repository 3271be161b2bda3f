import type * as Http from 'node:http';
import { createRequire } from 'node:module';
import { z } from 'zod';

const httpModule = z.custom<typeof Http>((loaded) => typeof loaded === 'object' && loaded !== null);

/**
 * Node's client for plain HTTP. To import it by name has Node make every name of the module at once, those of fetch and
 * WebSocket among them, which loads undici: a thirtieth of a start, and nothing that a start calls needs it.
 */
export const { request, ClientRequest } = httpModule.parse(createRequire(import.meta.url)('node:http'));
