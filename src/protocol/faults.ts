import type { StuckStage, UndecidedPosts } from './feasible.ts';
import type { TextForm } from './schema.ts';

/** What kind of thing a name in the file stands for. */
export type Named = 'person' | 'department' | 'account' | 'stage' | 'flag' | 'rule' | 'owner';

/** What a place of the file holds when it is right. */
export type Wanted = 'text' | 'list' | 'part' | 'yes-or-no' | 'number' | 'whole-number';
export type Got = Wanted | 'nothing';

/** What is wrong at one place of the protocol file; `words/protocol-faults.ts` puts it into words. */
export type FaultKind =
  | { readonly code: 'syntax'; readonly yaml: string; readonly message: string }
  | { readonly code: 'empty-file' }
  | { readonly code: 'alias'; readonly name: string }
  | { readonly code: 'duplicate-key'; readonly key: string }
  | { readonly code: 'unknown-key'; readonly key: string; readonly known: readonly string[] }
  | { readonly code: 'missing'; readonly key: string; readonly wants: Wanted | readonly string[] }
  | { readonly code: 'wrong-type'; readonly key: string; readonly got: Got; readonly wants: Wanted }
  | { readonly code: 'not-one-of'; readonly value: string; readonly allowed: readonly string[] }
  | { readonly code: 'wrong-form'; readonly value: string; readonly form: TextForm }
  | { readonly code: 'too-few'; readonly key: string; readonly least: number }
  | { readonly code: 'too-small'; readonly value: number; readonly least: number }
  | { readonly code: 'too-big'; readonly value: number; readonly most: number }
  | {
      readonly code: 'unknown-name';
      readonly of: Named;
      readonly value: string;
      readonly known: readonly string[];
    }
  | { readonly code: 'listed-twice'; readonly value: string }
  | {
      readonly code: 'id-twice';
      readonly of: 'stage' | 'flag' | 'clause' | 'election' | 'campaign';
      readonly value: string;
    }
  | { readonly code: 'polls-before-it-begins'; readonly election: string }
  | { readonly code: 'sign-in-name-twice'; readonly value: string; readonly first: string }
  /** a second account of a network on which a council can have one only */
  | { readonly code: 'second-website'; readonly value: string; readonly first: string }
  | { readonly code: 'said-twice'; readonly value: string; readonly first: string }
  | {
      readonly code: 'unknown-setting';
      readonly rule: string;
      readonly key: string;
      readonly known: readonly string[];
    }
  | { readonly code: 'must-block'; readonly rule: string }
  | { readonly code: 'only-by-hand'; readonly key: string }
  | { readonly code: 'only-youtube'; readonly key: string }
  | { readonly code: 'no-retention'; readonly kind: string }
  | { readonly code: 'times-out-of-order'; readonly stage: string }
  | { readonly code: 'leaves-out-by-finding'; readonly clause: string }
  | { readonly code: 'empty-clause'; readonly clause: string }
  | { readonly code: 'stage-unused'; readonly stage: string }
  | { readonly code: 'no-default-account'; readonly department: string }
  | ({ readonly code: 'nobody-can' } & StuckStage)
  | ({ readonly code: 'nobody-decides' } & UndecidedPosts);

/** Where something stands in the protocol file. */
export type Path = readonly (string | number)[];

/** A fault by its path in the file; the reader of the file knows the line. */
export interface FoundFault {
  readonly path: Path;
  /** whether the name or what stands after it is at fault */
  readonly at: 'key' | 'value';
  readonly kind: FaultKind;
}

/** One fault of the protocol file: where it is and what is wrong; `words/protocol-faults.ts` says it. */
export interface ProtocolFault {
  /** from 1 */
  readonly line: number;
  /** from 1 */
  readonly column: number;
  /** such as `departments.housing.approvers[1]`; empty where it is about no single value */
  readonly path: string;
  readonly kind: FaultKind;
}

/** The known word that a mistyped one most likely meant: at most two slips (one in short words), nearest first. */
export function nearest(written: string, known: readonly string[]): string | undefined {
  const target = written.toLowerCase();
  const most = target.length <= 4 ? 1 : 2;
  let best: { word: string; slips: number } | undefined;
  for (const word of known) {
    const slips = slipsBetween(target, word.toLowerCase());
    if (slips <= most && (best === undefined || slips < best.slips)) best = { word, slips };
  }
  return best?.word;
}

/** Letters added, left out, changed, or swapped with their neighbour (optimal string alignment distance). */
export function slipsBetween(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 3) return Math.abs(a.length - b.length);
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      }
      row.push(least);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
