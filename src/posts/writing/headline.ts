import type { NetworkName } from '../../protocol/protocol.ts';
import { hasVideo } from './media.ts';
import type { Revision } from './revision.ts';

/** Whether people read the heading of a revision on a network: the website's own, and that of a video on Facebook. */
export const showsHeadline = (network: NetworkName | undefined, revision: Pick<Revision, 'media'>): boolean =>
  network === 'website' || (network === 'facebook' && hasVideo(revision));

/** Whether people read the summary of a revision on a network: on the website alone. */
export const showsSummary = (network: NetworkName | undefined): boolean => network === 'website';
