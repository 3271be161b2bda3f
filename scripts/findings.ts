import { readFileSync } from 'node:fs';
import { findings } from '../src/protocol/findings.ts';
import { parseProtocol } from '../src/protocol/parse.ts';
import { checkedDraft, postRow } from '../src/protocol/sample-form.ts';

/*
 * npm run findings -- FILE: what the rules of wording find in labelled posts, one JSON line for each line of the file:
 * {"id": …, "found": [rule ids]}. The protocol is the sample at the root, or the file that CRIER_PROTOCOL names.
 */
const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error('Name the file with the posts: npm run findings -- FILE');
  process.exit(2);
}
const protocolFile = process.env['CRIER_PROTOCOL'] ?? new URL('../protocol.yaml', import.meta.url);
const parsed = parseProtocol(readFileSync(protocolFile, 'utf8'));
if (!parsed.ok) {
  console.error('The protocol has faults, so nothing was checked. Start Crier to see each of them by line.');
  process.exit(1);
}
const { protocol } = parsed;

function linesOf(path: string): readonly string[] {
  try {
    return readFileSync(path, 'utf8').split('\n');
  } catch {
    console.error(`The file ${path} can not be read. Name one that holds posts, a line each.`);
    process.exit(2);
  }
}

function jsonOf(line: string): unknown {
  try {
    const value: unknown = JSON.parse(line);
    return value;
  } catch {
    return undefined;
  }
}

for (const [i, line] of linesOf(file).entries()) {
  if (line.trim() === '') continue;
  const row = postRow.safeParse(jsonOf(line));
  if (!row.success) {
    console.error(`Line ${i + 1} is not in the form of a labelled post, so it was left out.`);
    process.exitCode = 1;
    continue;
  }
  const found = [...new Set(findings(checkedDraft(row.data), protocol).map((finding) => finding.rule))];
  console.log(JSON.stringify({ id: row.data.id, found }));
}
