import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Breach, Contact, Protocol, RuleEntry } from '../../src/protocol/protocol.ts';
import { rules } from '../../src/protocol/rules/index.ts';

const word = z.object({
  word: z.string(),
  why: z.string(),
  instead: z.string().optional(),
  except: z.array(z.string()),
});
const party = z.object({ name: z.string(), aliases: z.array(z.string()), except: z.array(z.string()) });
const file = z.object({ words: z.array(word), parties: z.array(party) });

/** Registers of a made-up council: enough for the rules of wording, and independent of the sample protocol. */
const lists = file.parse(parse(readFileSync(new URL('../fixtures/registers.yaml', import.meta.url), 'utf8')));

const phone = (value: string, of: string): Contact => ({ kind: 'phone', value, of });

const ruleEntries: Readonly<Record<string, RuleEntry>> = Object.fromEntries(
  rules.map((rule, i): [string, RuleEntry] => {
    const breach: Breach = rule.id.startsWith('ACC') ? 'warn' : 'higher';
    return [rule.id, { id: rule.id, breach, clause: `4.${i + 1}`, settings: {} }];
  }),
);

export const fixtureProtocol: Protocol = {
  version: 'fixture',
  council: {
    name: 'Sefton Council',
    short: 'Sefton',
    site: 'https://www.sefton.gov.uk',
    email: 'contact@sefton.gov.uk',
    phone: '0345 140 0845',
    address: 'Bootle Town Hall, Oriel Road, Bootle, L20 7AE',
  },
  people: {},
  departments: {},
  desk: { name: 'Communications', officers: [] },
  headOfCommunications: '',
  monitoringOfficer: '',
  dutyOfficers: [],
  accounts: {},
  training: {},
  registers: {
    councillors: [
      { name: 'Peregrine Thackwell', aliases: ['Cllr Thackwell'], handles: ['@CllrThackwell'], offices: [] },
      {
        name: 'Ottoline Marchbanks',
        aliases: ['Cllr Marchbanks'],
        handles: ['@CllrMarchbanks'],
        offices: ['Cabinet Member for Housing'],
      },
      {
        name: 'Ignatius Bellwether',
        aliases: ['Cllr Bellwether'],
        handles: ['@CllrBellwether'],
        offices: [],
      },
    ],
    politicians: [{ name: 'Jocasta Wrenfield', aliases: ['Jocasta Wrenfield MP'], handles: [], offices: [] }],
    offices: ['leader of the council', 'council leader', 'deputy leader of the council'],
    contacts: [
      { kind: 'address', value: 'Magdalen House, 30 Trinity Road, Bootle, L20 3NJ', of: 'Sefton Council' },
      { kind: 'address', value: 'The Atkinson, Lord Street, Southport, PR8 1DB', of: 'The Atkinson' },
      phone('0345 140 0845', 'Sefton Council'),
      phone('0151 934', 'Sefton Council'),
    ],
    emailDomains: ['sefton.gov.uk', 'gov.uk', 'nhs.uk', 'nhs.net', 'police.uk', 'theatkinson.co.uk'],
    helplines: [
      phone('0800 1111', 'Childline'),
      phone('116 123', 'Samaritans'),
      phone('0808 223 1133', 'Citizens Advice'),
    ],
    words: lists.words.map(({ instead, ...entry }) =>
      instead === undefined ? entry : { ...entry, instead },
    ),
    parties: lists.parties,
    campaigns: [],
  },
  rules: ruleEntries,
  stages: [],
  routes: [],
  flags: [],
  retention: {},
};
