import type { Graph } from '../graph.ts';

/** A Page to which requests are made. */
export interface Page {
  readonly graph: Graph;
  readonly pageId: string;
}
