import type { AccountText } from '../../posts/writing/plan.ts';
import type { Protocol } from '../../protocol/protocol.ts';
import { longestOn } from '../../protocol/rules/len.ts';
import { weigh } from '../../protocol/text/length.ts';

/** Above this, what is left is of no interest until it runs short. */
const roomy = 3_000;
const short = 300;

/** A text is weighed once: every card of a post says what is left of it, some of them twice. */
const known = new WeakMap<AccountText, { readonly protocol: Protocol; readonly left: number | undefined }>();

/**
 * How much is left of what the network takes, by its own count, as it would go out, and by the limit that the LEN
 * rule blocks at. Undefined where it has no limit, or so high a one that nobody is near it, and for a thread, whose
 * parts fit.
 */
export function remaining(text: AccountText, protocol: Protocol): number | undefined {
  const before = known.get(text);
  if (before?.protocol === protocol) return before.left;
  const left = counted(text, protocol);
  known.set(text, { protocol, left });
  return left;
}

function counted(text: AccountText, protocol: Protocol): number | undefined {
  const limit = longestOn(text.network, protocol);
  const [only, ...more] = text.parts;
  if (limit === undefined || only === undefined || more.length > 0) return undefined;
  const left = limit - weigh(text.network, only);
  return limit > roomy && left > short ? undefined : left;
}
