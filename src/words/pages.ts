/** What the news site says beside its templates. */

/** Titles of pages that show nothing that was asked for, by their HTTP status. */
const statusTitles: Readonly<Record<number, string>> = {
  400: 'We did not understand that',
  404: 'We cannot find that page',
  405: 'You cannot do that here',
  410: 'This page has been removed',
};

/** @returns the title of the page that answers with this status */
export const titleOfStatus = (status: number): string =>
  statusTitles[status] ?? (status < 500 ? 'We did not understand that' : 'Sorry, something went wrong');

/** Titles of the pages that are always there. */
export const pageTitles = {
  home: 'Home',
  latest: 'Latest news',
  news: 'News',
  older: 'Older news',
  embed: 'Put our news on your site',
  contact: 'Contact us',
  privacy: 'Privacy',
  terms: 'Terms of use',
  accessibility: 'Accessibility statement',
} as const;

/** What the frame is called for those who cannot see it, as `embed.njk` says it within. */
export const frameTitle = (council: string): string => `Latest news from ${council}`;

/** The whole of a page that is at another address. */
export const movedWords = 'This page is at another address.';

/** Why the body of a request was not taken. */
export const bodyWords = {
  notJsonType: 'Send application/json.',
  tooLong: 'That is too long.',
  tooSlow: 'That took too long to arrive.',
  notJson: 'That is not JSON.',
} as const;

/** Why what somebody sent by the form of the rehearsal page was not taken. */
export const saidWords = {
  nothing: 'Type something, or choose a file to send',
  tooMany: 'You can only send up to 10 files at the same time',
  tooLarge: 'The selected files must be smaller than 100 MB together',
  failed: 'Crier could not take that. What it printed where it runs says why.',
} as const;

/** How the feeds introduce themselves. */
export const feedWords = {
  title: (council: string): string => `News from ${council}`,
  description: (council: string): string => `The latest news from ${council}`,
} as const;

/** @returns that what a page says has ended, such as `at 4pm today` */
export const endedWords = (when: string): string => `This ended ${when}`;

/** @returns what was put right on a page, and when, for where nothing else says that it was corrected */
export const correctedWords = (when: string, what: string): string => `Corrected on ${when}: ${what}`;
