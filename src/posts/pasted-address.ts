import { linksIn } from '../protocol/text/links.ts';

/**
 * The address in what somebody pasted: a phone's share puts words around it, and a browser may leave out `https://`.
 *
 * @returns the first address that anybody can follow safely; undefined where there is none
 */
export function pastedAddress(pasted: string): string | undefined {
  const found = linksIn(pasted).map(({ from, to }) => {
    const link = pasted.slice(from, to);
    return /^[a-z]+:\/\//iu.test(link) ? link : `https://${link}`;
  });
  return found.find((link) => URL.parse(link)?.protocol === 'https:' && URL.parse(link)?.username === '');
}
