import { z } from 'zod';
import { departmentsToProposeFor, mayPropose } from '../../protocol/people.ts';
import { changed } from '../changed.ts';
import { channelKey } from '../telling/copies.ts';
import { stageTimerKeys } from '../deciding/set-timers.ts';
import { retire } from '../telling/cards-elsewhere.ts';
import { personCommand } from '../command.ts';
import { findingsOf, publishTime } from './draft.ts';
import { stateOf } from '../taking-down/over.ts';
import { editors, mayChooseDepartment, needsDepartment } from '../deciding/may.ts';
import type { PostState } from '../post.ts';
import { isWithWriters } from '../leaving/to-go-out.ts';
import { refusePost } from '../refusals.ts';

/**
 * Says for which department a post is: a draft whose author has several, or what waits while its department is not in
 * the protocol any more. What was sent is a draft again then, since others are asked for another department.
 */
export const chooseDepartment = personCommand(
  'post.choose-department',
  z.object({ department: z.string() }),
  (post, { department }, person, context) => {
    const { now, protocol: rules } = context;
    if (!needsDepartment(post, rules))
      return refusePost('not-now', { state: stateOf(post), action: 'choose-department' });
    if (!mayChooseDepartment(post, person, rules))
      return refusePost('may-not-edit', { may: editors(post, rules) });
    if (department === '') {
      const theirs = departmentsToProposeFor(person, rules).map(({ id }) => id);
      return refusePost('no-department-yet', { departments: theirs });
    }
    if (!mayPropose(person, department, rules)) {
      return refusePost('may-not-propose', {
        department,
        may: rules.departments[department]?.proposers ?? [],
      });
    }
    const { department: from, makersGone: _asked, ...rest } = post;
    const accounts = post.revision.accounts.filter((id) => {
      const theirs = rules.accounts[id]?.departments;
      return theirs !== undefined && (theirs.length === 0 || theirs.includes(department));
    });
    const revision = { ...post.revision, accounts };
    const isSent = !isWithWriters(post);
    const moved: PostState = {
      ...rest,
      department,
      revision,
      findings: findingsOf({ revision, department }, publishTime(post.when, now), rules),
      ...(isSent ? { status: { is: 'draft' } } : {}),
      ...(from === undefined
        ? {}
        : {
            past: [
              ...(post.past ?? []),
              { did: 'department-chosen', by: person, at: now, from, to: department },
            ],
          }),
    };
    // Whoever is in the Teams channel of the one before need not read on.
    const left = post.copies.filter(({ key }) => from !== undefined && key === channelKey(from));
    return changed(
      {
        post: { ...moved, copies: moved.copies.filter((copy) => !left.includes(copy)) },
        audit: [{ action: 'department-chosen', facts: { department, from: from ?? '', accounts } }],
        effects: left.flatMap((copy) =>
          copy.posted?.serviceUrl === undefined ? [] : retire(copy, copy.posted.serviceUrl, now),
        ),
        drop: [...left.map(({ key }) => `card:${key}`), ...(isSent ? [...stageTimerKeys, 'publish:*'] : [])],
      },
      context,
    );
  },
);
