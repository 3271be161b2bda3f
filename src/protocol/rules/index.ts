import type { WordingRule } from './codes.ts';
import { acc1 } from './acc-1.ts';
import { acc2 } from './acc-2.ts';
import { acc3 } from './acc-3.ts';
import { acc4 } from './acc-4.ts';
import { acc6 } from './acc-6.ts';
import { acc7 } from './acc-7.ts';
import { dat4 } from './dat-4.ts';
import { dat5 } from './dat-5.ts';
import { dat6 } from './dat-6.ts';
import { fit } from './fit.ts';
import { len } from './len.ts';
import { mod4 } from './mod-4.ts';
import { pol2 } from './pol-2.ts';
import { pol5 } from './pol-5.ts';
import { pol6 } from './pol-6.ts';
import { pol8 } from './pol-8.ts';
import { words } from './words.ts';

/** The rules of a draft's wording, in the order in which people are shown what they found. */
export const rules: readonly WordingRule[] = [
  dat5,
  mod4,
  pol2,
  pol5,
  pol6,
  pol8,
  words,
  len,
  fit,
  acc1,
  acc2,
  dat4,
  dat6,
  acc3,
  acc4,
  acc6,
  acc7,
];
