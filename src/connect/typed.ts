import { notSentWords } from '../words/connect.ts';
import type { Terminal } from './terminal.ts';

/** What is wrong with what was typed, in words; undefined where it may be sent. */
type Look = (typed: string) => string | undefined;

/** Asks until what is typed can be right, so that nothing is sent anywhere that cannot be. */
export async function askFor(
  terminal: Terminal,
  question: string,
  wrong: Look,
  how: { readonly hidden?: true } = {},
): Promise<string> {
  for (;;) {
    const typed = await terminal.ask(question, how);
    const words = wrong(typed);
    if (words === undefined) return typed;
    terminal.say(words);
  }
}

/** Ids and secrets of apps: each network has forms of its own, and changes them. */
export const ofApp: Look = (typed) => {
  if (typed === '') return notSentWords.empty;
  return /\s/u.test(typed) ? notSentWords.blank : undefined;
};

/** Meta counts its apps. */
export const appId: Look = (typed) => (/^\d+$/u.test(typed) ? undefined : notSentWords.appId);

/** A handle is a name of the DNS (atproto.com, "Handle"). */
export const handle: Look = (typed) =>
  typed.length <= 253 &&
  /^(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z](?:[a-z\d-]{0,61}[a-z\d])?$/iu.test(typed)
    ? undefined
    : notSentWords.handle;

/** As the server makes them. The account's own password, which may change the account, is none of those. */
export const appPassword: Look = (typed) =>
  /^[a-z\d]{4}(?:-[a-z\d]{4}){3}$/iu.test(typed) ? undefined : notSentWords.appPassword;
