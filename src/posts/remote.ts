import { z } from 'zod';

/** Where something stands, as a post keeps it. */
export const remote = z.object({ remoteId: z.string(), url: z.string() });

/** The same as a network tells it, before it is kept: a document has an end. */
export const toldRemote = z.object({ remoteId: z.string().max(2_000), url: z.string().max(2_000) });
