import type { DeskRules } from '../posts/post.ts';
import { departmentsToProposeFor, isDuty, rolesOf } from '../protocol/people.ts';
import { departmentShort, sayList } from './names.ts';
import { quote } from './several.ts';

/** What an answer says that is not about one post. */
export interface Said {
  readonly title: string;
  readonly lines: readonly string[];
}

/**
 * @param person whoever reads it alone; absent where others read it as well
 * @returns the first words that somebody hears of Crier: what they can do
 */
export function welcomeWords(rules: DeskRules, person?: string): Said {
  const title = `Hello from ${rules.council.short}'s social media desk`;
  if (person !== undefined && departmentsToProposeFor(person, rules).length === 0)
    return { title, lines: partWords(person, rules) };
  return {
    title,
    lines: [
      'Tell me what the public should hear, and I will show you at once what the protocol says about it.',
      'Somebody else then approves it on a card, and it goes out where you chose.',
      'Type "propose" and then your words, or press a button.',
    ],
  };
}

/** What somebody is here for who writes for no department. */
function partWords(person: string, rules: DeskRules): readonly string[] {
  const roles = rolesOf(person, rules);
  const services = roles.flatMap((each) =>
    each.role === 'approver' || each.role === 'lead' ? [departmentShort(each.department, rules)] : [],
  );
  const forWhat = services.length === 0 ? '' : ` for ${sayList([...new Set(services)])}`;
  return [
    `Others write here what the public should hear${forWhat}. Where the protocol wants you to decide, I show you a card with all that would go out.`,
    'You approve it there, or say in a note what should change. Nothing is decided before you press a button.',
    ...(isDuty(person, rules)
      ? [
          'To stop something, type "hold" and its number, or "hold all" for everything that is not safety information.',
        ]
      : []),
    `Type "waiting" to see what waits for you, or press a button. If the public should hear something from you, ask ${rules.desk.name} to write it.`,
  ];
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
