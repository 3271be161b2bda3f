import { canonical, sha256 } from '../../core/json.ts';
import { isCaptionedInPicture, isVideo } from './media.ts';
import type { Revision } from './revision.ts';

/**
 * Names what somebody wrote and answered, as a form of it says it: neither who did and when, nor what a file of captions
 * says. Where that alone is new, a form that was drawn before is still of what stands.
 */
export function nameOfWritten(revision: Revision): string {
  const {
    n: _n,
    by: _by,
    at: _at,
    typedAt: _typed,
    daysWritten: _days,
    pages: _pages,
    ...written
  } = revision;
  const media = written.media.map((medium) => {
    if (!isVideo(medium)) return medium;
    const { captions: _file, ...video } = medium;
    return { ...video, inPicture: isCaptionedInPicture(medium) };
  });
  return sha256(canonical({ ...written, media }));
}
