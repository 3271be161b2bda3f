import { asRead } from './as-read.ts';
import { compile } from './expand.ts';
import { sayingFields } from './fields.ts';
import { templates, type CardData, type CardName } from './templates.ts';

/** An expanded Adaptive Card, ready to be sent. */
export type Card = Readonly<Record<string, unknown>>;

const kept = new Map<CardName, (data: unknown) => unknown>();

/**
 * Fills a template with its data. Each template is read once and kept: reading costs forty times what filling does.
 * A field that its data lacks would be printed as its name, so the data types have no optional fields. Each button that
 * brings the card's inputs along says which there were, and people's words stand as they are read.
 */
export function render<N extends CardName>(name: N, data: CardData[N]): Card {
  let fill = kept.get(name);
  if (fill === undefined) {
    fill = compile(templates[name]);
    kept.set(name, fill);
  }
  const card = asRead(sayingFields(fill(data)));
  if (!isCard(card)) throw new Error(`the template ${name} is not one card`);
  return card;
}

function isCard(card: unknown): card is Card {
  return typeof card === 'object' && card !== null && !Array.isArray(card);
}
