import { z } from 'zod';
import type { Graph } from '../graph.ts';
import type { Remote } from '../network.ts';

/** A professional account to which requests are made. */
export interface Account {
  readonly graph: Graph;
  readonly userId: string;
  /** the account's own page, for people */
  readonly page: string;
}

const permalink = z.object({ permalink: z.url() });

/** Where a post stands. The post stands either way: without its own address, the account's page will do. */
export async function remoteOf({ graph, page }: Account, id: string, signal: AbortSignal): Promise<Remote> {
  const answer = await graph.get(id, { fields: 'permalink' }, signal);
  const url = permalink.safeParse(answer.ok ? answer.body : undefined).data?.permalink ?? page;
  return { remoteId: id, url };
}
