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

/** One post on its way, as the harness knows it. */
export interface Walk {
  readonly text: string;
  /** the approval was answered with 200 */
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
  let accepted = false;
  const walk = async (): Promise<void> => {
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
    accepted = true;
  };
  return { text, accepted: () => accepted, done: walk() };
}
