import { sayNotice, type TypedNotices } from '../words/typed.ts';
import type { Reply } from './reply.ts';

/** An answer in words. */
export function notice<K extends keyof TypedNotices>(code: K, facts: TypedNotices[K]): Reply {
  return { show: 'notice', ...sayNotice(code, facts) };
}
