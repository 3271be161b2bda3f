import fc from 'fast-check';
import { expect, test } from 'vitest';
import twitterText from 'twitter-text';
import { faceted } from '../../src/networks/bluesky/record.ts';
import { facebookNetwork } from '../../src/networks/facebook/facebook.ts';
import { linksIn } from '../../src/protocol/text/links.ts';
import { paragraphs } from '../../src/web/text.ts';
import { playFacebook } from '../peers/facebook.ts';
import { graphHost, metaAccount, type GraphPeer } from '../peers/graph.ts';
import { key, partsOn, playedBy, signal } from './played.ts';

let peer: GraphPeer;
playedBy([graphHost], () => peer);

const host = fc.constantFrom('www.sefton.gov.uk', 'sefton.gov.uk', 'en.wikipedia.org', 'a-b.co.uk');
const word = fc.constantFrom('roads', 'north', 'wiki', 'Crosby_', 'a1', 'x-y', 'caf%C3%A9');
const place = fc.oneof(
  word,
  word.map((each) => `(${each})`),
  fc.tuple(word, word).map(([one, other]) => `${one}_(${other})`),
);
const address = fc
  .tuple(host, fc.array(place, { maxLength: 3 }), fc.constantFrom('', '?q=1', '#top'))
  .map(([at, places, asked]) => `https://${[at, ...places].join('/')}${places.length === 0 ? '' : asked}`);
const around = fc.constantFrom(
  ['', ''],
  ['(', ')'],
  ['(', ').'],
  ['see (', '),'],
  ['[', ']'],
  ['[(', ')].'],
  ['“', '”'],
  ['“', '.”'],
  ['‘', '’'],
  ['«', '»'],
  ['"', '"'],
  ["'", "'."],
  ['', '…'],
  ['', '?!'],
  ['', ':'],
);
const sentence = fc.tuple(address, around).map(([link, [before = '', after = '']]) => ({
  link,
  text: `${before}${link}${after}`,
}));

const found = {
  rules: (text: string) => linksIn(text).map(({ from, to }) => text.slice(from, to)),
  page: (text: string) =>
    paragraphs(text)
      .flat(2)
      .flatMap(({ text: words, href }) => (href === undefined ? [] : [words])),
  bluesky: (text: string) =>
    faceted(text).facets.flatMap(({ features }) =>
      features.flatMap((each) => ('uri' in each && typeof each.uri === 'string' ? [each.uri] : [])),
    ),
  // X makes links itself of what it is given, by its own library.
  x: (text: string) => twitterText.extractUrls(text),
};

test('the page, Bluesky, X and the rules find the same links, without the sentence and the brackets round them', () => {
  fc.assert(
    fc.property(fc.array(sentence, { minLength: 1, maxLength: 4 }), (sentences) => {
      const text = sentences.map((each) => each.text).join(' and\n');
      const links = sentences.map(({ link }) => link);
      expect(Object.values(found).map((find) => find(text))).toEqual([links, links, links, links]);
    }),
  );
});

test('Facebook shows the card of the link that the page leads to', async () => {
  peer = playFacebook({ clock: () => 0, refusesDuplicates: false });
  const network = facebookNetwork({
    credentials: metaAccount,
    media: async () => await Promise.resolve(new Uint8Array(9)),
    clock: () => 0,
  });
  const texts = [
    '(https://www.sefton.gov.uk/roads_(north)).',
    '“https://a-b.co.uk/x”',
    '[https://a-b.co.uk/y]',
  ];
  for (const text of texts) await network.publish(partsOn('facebook')({ text }), key, signal);
  expect(peer.posts().map(({ link }) => [link])).toEqual(texts.map(found.page));
});

test('what is written without https:// leads to the same place from the page and from Bluesky', () => {
  const text = 'See www.sefton.gov.uk/bins, sefton.gov.uk/roads_(north), or http://a.example/x.';
  const hrefs = paragraphs(text)
    .flat(2)
    .flatMap(({ href }) => href ?? []);
  expect(hrefs).toEqual(found.bluesky(text));
  expect(hrefs).toHaveLength(3);
});
