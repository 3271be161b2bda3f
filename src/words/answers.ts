import type { DeskRules } from '../posts/post.ts';
import { sayList } from './names.ts';
import { quote } from './several.ts';

/** What an answer says that is not about one post. */
export interface Said {
  readonly title: string;
  readonly lines: readonly string[];
}

/** @returns the first words that somebody hears of Crier */
export function welcomeWords(rules: DeskRules): Said {
  return {
    title: `Hello from ${rules.council.short}'s social media desk`,
    lines: [
      'Tell me what the public should hear, and I will show you at once what the protocol says about it.',
      'Somebody else then approves it on a card, and it goes out where you chose.',
      'Type "propose" and then your words, or press a button.',
    ],
  };
}

/** @returns the help's first lines */
export function helpWords(rules: DeskRules): Said {
  return {
    title: 'What you can type',
    lines: [
      `In a Teams channel, mention me first. Everything can also be done with the buttons on the cards. ${rules.desk.name} can help with the rest.`,
    ],
  };
}

/** @returns the answer to a command that nearly was one */
export function nearestWords(typed: string, nearest: readonly string[]): Said {
  return {
    title: `Did you mean ${sayList(nearest.map(quote), 'or')}?`,
    lines: [`You typed ${quote(typed)}. Nothing has happened yet.`],
  };
}

/** @returns what a card says that no longer follows its post, and the button that shows the post as it is now */
export function movedWords(number: number): Said & { readonly open: string } {
  return {
    title: `There is a newer card of #${String(number)}`,
    lines: ['It stands elsewhere in this chat and shows how things are now.'],
    open: `Show #${String(number)} here`,
  };
}
