import type { Reader } from './reader.ts';

/** The version of Meta's Graph API that the council pins; absent: the one that this release was written for. */
export const readGraphVersion = (read: Reader): string | undefined =>
  read.matching(
    'CRIER_GRAPH_VERSION',
    read.text('CRIER_GRAPH_VERSION'),
    /^v[1-9]\d{0,2}\.\d{1,2}$/u,
    'is no version of the Graph API',
    'a version such as v26.0, or leave it out',
  );
