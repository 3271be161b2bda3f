import { part } from '../raw.ts';
import type { Part } from '../raw.ts';
import type { References } from './references.ts';

/** An account has an owner and what its network needs, and there is one news site. */
export function checkAccounts(content: Part, { fault, name, names, whos }: References): void {
  let website: string | undefined;
  for (const [id, entry] of Object.entries(part(content['accounts']))) {
    name('owner', part(entry)['owner'], ['accounts', id, 'owner']);
    names('department', part(entry)['departments'], ['accounts', id, 'departments']);
    const { network, 'posted-by': postedBy } = part(entry);
    whos(postedBy, ['accounts', id, 'posted-by']);
    if (network === 'by-hand' && postedBy === undefined) {
      fault(['accounts', id], 'key', { code: 'missing', key: 'posted-by', wants: 'list' });
    }
    if (network !== 'by-hand' && postedBy !== undefined) {
      fault(['accounts', id, 'posted-by'], 'key', { code: 'only-by-hand', key: 'posted-by' });
    }
    if (network !== 'youtube' && part(entry)['playlists'] !== undefined) {
      fault(['accounts', id, 'playlists'], 'key', { code: 'only-youtube', key: 'playlists' });
    }
    // There is one news site: the same post on it twice, for two accounts, would overwrite itself.
    if (network !== 'website') continue;
    if (website === undefined) website = id;
    else fault(['accounts', id, 'network'], 'value', { code: 'second-website', value: id, first: website });
  }
}
