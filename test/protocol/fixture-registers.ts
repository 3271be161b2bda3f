import { readFileSync } from 'node:fs';
import { parseProtocol } from '../../src/protocol/parse.ts';
import type { Protocol } from '../../src/protocol/protocol.ts';

/**
 * The sample protocol, for the rules of wording: the same lists by which `npm run findings` looks at labelled posts. Its
 * elections are left out, so that a test says itself when people vote.
 */
export const fixtureProtocol: Protocol = sample();

function sample(): Protocol {
  const parsed = parseProtocol(readFileSync(new URL('../../protocol.yaml', import.meta.url), 'utf8'));
  if (!parsed.ok) throw new Error('the sample protocol has faults');
  const { elections: _elections, ...protocol } = parsed.protocol;
  return protocol;
}
