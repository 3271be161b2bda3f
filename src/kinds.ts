import { auditKinds } from './core/audit.ts';
import type { KindDeclaration } from './core/store.ts';
import { accountKind } from './dispatch/account.ts';
import { tokensKind } from './networks/kept-tokens.ts';
import { rehearsalKinds } from './networks/rehearsal/entry.ts';
import { pageKind } from './networks/website/page.ts';
import { quotaKinds } from './networks/youtube/quota.ts';
import { uploadKinds } from './networks/uploads.ts';
import { personKind } from './people/person.ts';
import { placeKind } from './people/place.ts';
import { rosterKind } from './people/roster.ts';
import { stopCardsKind } from './people/stop-cards.ts';
import { postKind } from './posts/kind.ts';
import { numberKind } from './posts/number.ts';
import { namesKind } from './protocol/former.ts';
import { protocolKind } from './protocol/kept.ts';
import type { Protocol } from './protocol/protocol.ts';
import { budgetKind } from './teams/budget.ts';

/** Every kind of aggregate: what an audit reads. Apart from `app.ts`, so that tools need not load all of it. */
export const aggregateKinds: readonly KindDeclaration[] = [
  postKind,
  numberKind,
  accountKind,
  personKind,
  placeKind,
  rosterKind,
  stopCardsKind,
  budgetKind,
  pageKind,
  protocolKind,
  namesKind,
  tokensKind,
  ...uploadKinds,
  ...quotaKinds,
  ...rehearsalKinds,
];

/** Those whose records say at which address of Teams somebody was spoken to. */
export const metKinds: readonly KindDeclaration[] = [personKind, placeKind, rosterKind];

/** The one document in which a store says for what it was first used. */
export const firstUseKind = { kind: 'first-use', form: 1, indexes: {} } as const satisfies KindDeclaration;

/** Every kind of document, for a store to be opened with; the audit's own pages among them. */
export const kinds: readonly KindDeclaration[] = [
  ...aggregateKinds,
  ...Object.values(auditKinds),
  firstUseKind,
];

/** What is stamped in the store, so that one council's data is never opened for another. */
export const councilOf = (protocol: Protocol): string => new URL(protocol.council.site).host;
