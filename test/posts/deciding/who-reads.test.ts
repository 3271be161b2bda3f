import { expect, test } from 'vitest';
import type { IndexValue } from '../../../src/core/store.ts';
import { postKind } from '../../../src/posts/kind.ts';
import { maySee } from '../../../src/posts/deciding/may.ts';
import type { DeskRules, PostState } from '../../../src/posts/post.ts';
import { listsFor } from '../../../src/posts/deciding/who-reads.ts';
import { posts } from '../../fixtures/cards/posts.ts';
import { rules as few } from '../../fixtures/cards/rules.ts';

const holds = (value: IndexValue | undefined, wanted: string): boolean =>
  typeof value === 'object' ? value.includes(wanted) : value === wanted;

/** Whether a post stands in one of the lists in which somebody finds theirs. */
function isListed(post: PostState, person: string, now: DeskRules): boolean {
  const index = postKind.index(post);
  const lists = listsFor(person, now);
  return (
    lists === undefined ||
    lists.some(({ index: name, equals }) => holds(index[postKind.indexes[name]?.of?.field ?? ''], equals))
  );
}

const other = (id: string, name: string) => ({ id, name, userPrincipalName: `${id}@sefton.example` });
/** A council with a service beside those of the posts. */
const rules: DeskRules = {
  ...few,
  people: {
    ...few.people,
    'sam-kenrick': other('sam-kenrick', 'Sam Kenrick'),
    'ruth-lydiate': other('ruth-lydiate', 'Ruth Lydiate'),
  },
  departments: {
    ...few.departments,
    elections: {
      id: 'elections',
      name: 'Elections',
      short: 'Elections',
      aliases: [],
      proposers: ['sam-kenrick'],
      approvers: ['ruth-lydiate'],
      leads: ['ruth-lydiate'],
    },
  },
};
const accounts = Object.entries(rules.accounts);

/** Protocols in which others than the post's own service and the desk have a part in it. */
const protocols: Readonly<Record<string, DeskRules>> = {
  'as it is': rules,
  'stages of another service': {
    ...rules,
    stages: rules.stages.map((stage) => ({ ...stage, who: [{ who: 'approvers', department: 'elections' }] })),
  },
  'escalated to somebody of another service': {
    ...rules,
    stages: rules.stages.map((stage) => ({
      ...stage,
      escalateTo: [{ who: 'person', person: 'sam-kenrick' }],
    })),
  },
  'an account by hand of another service': {
    ...rules,
    accounts: Object.fromEntries(
      accounts.map(([id, each]) => [
        id,
        each.network === 'by-hand' ? { ...each, postedBy: [{ who: 'person', person: 'sam-kenrick' }] } : each,
      ]),
    ),
  },
};

test.each(Object.entries(protocols))(
  'what somebody may see stands in their lists, and nothing else: %s',
  (_of, now) => {
    const seen = new Set<string>();
    for (const post of Object.values(posts)) {
      for (const person of Object.keys(now.people)) {
        const may = maySee(post, person, now);
        if (may) seen.add(person);
        expect(isListed(post, person, now), `${person} of #${String(post.number)}`).toBe(may);
      }
    }
    // There is something to be seen by others than the service and the desk.
    if (now !== rules) expect(seen.size).toBeGreaterThan(seenNow.size);
  },
);

const seenNow = new Set(
  Object.values(posts).flatMap((post) =>
    Object.keys(rules.people).filter((each) => maySee(post, each, rules)),
  ),
);

test('whoever has left the protocol finds nothing, be it their own', () => {
  const { ['nadia-hartley']: _gone, ...people } = rules.people;
  expect(listsFor('nadia-hartley', { ...rules, people })).toEqual([]);
});
