import type { ConnectorPeer } from '../peers/connector.ts';
import type { Brought } from './stories.ts';
import type { Somebody, TeamsPeople } from './teams.ts';

const author: Somebody = { person: 'nadia-hartley', name: 'Nadia Hartley' };
const officer: Somebody = { person: 'ellen-rimmer', name: 'Ellen Rimmer' };
const approver: Somebody = { person: 'tom-ashcroft', name: 'Tom Ashcroft' };
const head: Somebody = { person: 'claire-whitworth', name: 'Claire Whitworth' };
/** Everybody whom the sample's routes for Highways ask, the last where it is for YouTube too. */
export const everybody: readonly Somebody[] = [
  author,
  officer,
  approver,
  { person: 'joseph-adeyemi', name: 'Joseph Adeyemi' },
  { person: 'priya-desai', name: 'Priya Desai' },
  { person: 'gareth-molyneux', name: 'Gareth Molyneux' },
  head,
];

/** Something that people do about a post, as the harness knows it. */
export interface Walk {
  /** what the post says once it is done; what it said where it comes down */
  readonly text: string;
  /** the last press of it was answered with 200 */
  readonly accepted: () => boolean;
  readonly done: Promise<void>;
}

/** Lets Microsoft's service know everybody. */
export const bringTogether = (connector: ConnectorPeer): void =>
  connector.members(
    everybody.map(({ person, name }) => ({
      id: `user-${person}`,
      aadObjectId: `object-${person}`,
      name,
      userPrincipalName: `${person.replace('-', '.')}@sefton.example`,
    })),
  );

/** Takes one post from its first word to its approval, by three people. */
export function walkOf(text: string, teams: TeamsPeople, brings: Brought | undefined): Walk {
  return walking(text, async () => {
    const said = `propose for Highways: ${text}`;
    await teams.say(author, said, brings?.attachments);
    if (brings === undefined) {
      await teams.press(author, await teams.button(author, 'post.send', text));
    } else if (brings.answeredOn === 'card') {
      await teams.press(author, await teams.button(author, 'post.send', text, '"alt:0"'), brings.answers);
    } else {
      const edit = await teams.button(author, 'view.open/edit', text);
      await teams.fill(author, edit, 'post.revise', brings.answers);
      await teams.press(author, await teams.button(author, 'post.send', text, '"revision":2'));
    }
    await teams.press(officer, await teams.button(officer, 'post.pass-on', text));
    await teams.press(approver, await teams.button(approver, 'post.approve', text), { confirm: 'true' });
    if (brings?.toHead === true)
      await teams.press(head, await teams.button(head, 'post.approve', text), { confirm: 'true' });
  });
}

/** People do something about a post, which is accepted once the last of it was answered. */
function walking(text: string, does: () => Promise<void>): Walk {
  let accepted = false;
  const walk = async (): Promise<void> => {
    await does();
    accepted = true;
  };
  return { text, accepted: () => accepted, done: walk() };
}

/** What is put right, and how. */
export interface Correcting {
  /** what stands */
  readonly old: string;
  readonly right: string;
  /** what was wrong */
  readonly what: string;
  /** account → how it is put right there; its network's usual way where it is not named */
  readonly ways: Readonly<Record<string, 'reply' | 'again'>>;
}

/** Has a post put right: the desk asks for it, and somebody else agrees. */
export function correctionOf({ old, right, what, ways }: Correcting, teams: TeamsPeople): Walk {
  return walking(right, async () => {
    const chosen = Object.entries(ways).map(([account, way]): [string, string] => [`way:${account}`, way]);
    const opens = await teams.button(officer, 'view.open/correct', old);
    await teams.fill(officer, opens, 'post.correct', { text: right, what, ...Object.fromEntries(chosen) });
    // What changes is marked word by word on the card: the right words do not stand there in one piece.
    const agrees = await teams.button(approver, 'post.approve-correction', old);
    await teams.press(approver, agrees, { confirm: 'true' });
  });
}

/** Has a post taken down, by one press of the desk. */
export function removalOf(text: string, teams: TeamsPeople): Walk {
  return walking(text, async () => {
    await teams.press(officer, await teams.button(officer, 'post.remove', text));
  });
}
