import { z } from 'zod';
import { mayPropose } from '../protocol/people.ts';
import { changed } from './changed.ts';
import { personCommand } from './command.ts';
import { findingsOf, publishTime } from './draft.ts';
import { defaultAccounts } from './propose.ts';
import { refusePost } from './refusals.ts';

/** Says for which department a draft is, when its author has several. */
export const chooseDepartment = personCommand(
  'post.choose-department',
  z.object({ department: z.string() }),
  (post, { department }, person, context) => {
    const rules = context.protocol;
    if (post.author !== person) return refusePost('may-not-edit', { may: [post.author] });
    if (post.status.is !== 'draft')
      return refusePost('not-now', { state: post.status.is, action: 'choose-department' });
    if (!mayPropose(person, department, rules)) {
      return refusePost('may-not-propose', {
        department,
        may: rules.departments[department]?.proposers ?? [],
      });
    }
    const allowed = new Set(defaultAccounts(department, rules));
    const revision = {
      ...post.revision,
      accounts: post.revision.accounts.filter((account) => allowed.has(account)),
    };
    return changed(
      {
        post: {
          ...post,
          department,
          revision,
          findings: findingsOf({ revision, department }, publishTime(post.when, context.now), rules),
        },
        audit: [{ action: 'department-chosen', facts: { department } }],
      },
      context,
    );
  },
);
