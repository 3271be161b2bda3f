import { readFileSync } from 'node:fs';
import { checkedDraft, postRow } from '../../src/protocol/sample-form.ts';
import { findings } from '../../src/protocol/findings.ts';
import type { Protocol } from '../../src/protocol/protocol.ts';

export interface Labelled {
  readonly id: string;
  readonly text: string;
  readonly expect: readonly string[];
  readonly found: readonly string[];
}

/** Rows of a labelled file with what the rules find. */
export function labelled(name: string, protocol: Protocol): readonly Labelled[] {
  const lines = readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8').split('\n');
  return lines
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const row = postRow.parse(JSON.parse(line));
      const found = [...new Set(findings(checkedDraft(row), protocol).map((f) => f.rule))];
      return {
        id: row.id,
        text: row.text,
        expect: row.expect ?? [],
        found,
      };
    });
}
