import { linksIn, linkTarget } from '../../protocol/text/links.ts';

/** A name that the whole internet knows by: dots in it, and no number, which is how a machine is called, at its end. */
const publicName = /^(?:[^.]+\.)+[^.\d][^.]*$/u;

/**
 * The address in what somebody pasted: a phone's share puts words around it, and a browser may leave out `https://`.
 * It stands on cards and in the record, so one that leads into somebody's own network, or carries a password, is none.
 *
 * @returns the first address that anybody can follow safely; undefined where there is none
 */
export function pastedAddress(pasted: string): string | undefined {
  return linksIn(pasted)
    .map(({ from, to }) => linkTarget(pasted.slice(from, to)))
    .find(isFollowed);
}

function isFollowed(link: string): boolean {
  const url = URL.parse(link);
  return (
    url?.protocol === 'https:' && url.username === '' && url.password === '' && publicName.test(url.hostname)
  );
}
