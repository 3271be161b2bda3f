import { aggregate, bind, type Aggregate } from '../core/registry.ts';
import type { Protocol } from '../protocol/protocol.ts';
import { blockAccount, recordRead, tellOfficers, watchAccount } from './access.ts';
import {
  accountKind,
  forgetLast,
  freeAllSlots,
  freeSlot,
  holdAccount,
  noteLast,
  resumeAccount,
  stopAccount,
  takeAccount,
  takeSlot,
  writeAccountAnew,
} from './account.ts';

/** The kind of accounts with its commands. */
export const accountAggregate: Aggregate<Protocol> = aggregate(accountKind, [
  bind(takeSlot),
  bind(takeAccount),
  bind(freeSlot),
  bind(noteLast),
  bind(forgetLast),
  bind(freeAllSlots),
  bind(writeAccountAnew),
  bind(holdAccount),
  bind(stopAccount),
  bind(resumeAccount),
  bind(watchAccount),
  bind(blockAccount),
  bind(recordRead),
  bind(tellOfficers),
]);
