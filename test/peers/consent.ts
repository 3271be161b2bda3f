import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';

/** What a page of consent is asked for; a peer that plays a vendor checks that it is what the vendor wants. */
const asked = z.object({
  response_type: z.literal('code'),
  client_id: z.string().min(1),
  redirect_uri: z.url(),
  state: z.string().min(20),
  scope: z.string().min(1),
  code_challenge: z.string().length(43).optional(),
  code_challenge_method: z.literal('S256').optional(),
});

/** A page on which somebody lets an app in, and the codes that it gave. */
export interface ConsentPage {
  /** the person says yes; gives the address that the browser is sent to */
  readonly accept: (address: string) => string;
  /** the person says no */
  readonly deny: (address: string) => string;
  /** spends a code: undefined unless it is good and whoever uses it is whoever asked */
  readonly spend: (form: URLSearchParams) => { readonly scope: string } | undefined;
}

/** @param page the vendor's own address of it @param proof whether the vendor wants PKCE */
export function consentPage(page: string, clientId: string, proof: boolean): ConsentPage {
  const codes = new Map<string, z.infer<typeof asked>>();
  const read = (address: string): z.infer<typeof asked> => {
    const url = new URL(address);
    const wanted = asked.parse(Object.fromEntries(url.searchParams));
    const ours = `${url.origin}${url.pathname}` === page && wanted.client_id === clientId;
    if (!ours || (proof && wanted.code_challenge === undefined)) throw new Error(`not for ${page}`);
    return wanted;
  };
  const back = (to: string, fields: Readonly<Record<string, string>>): string =>
    `${to}?${new URLSearchParams(fields).toString()}`;
  return {
    accept: (address) => {
      const wanted = read(address);
      const code = `peer-code-${randomUUID()}`;
      codes.set(code, wanted);
      return back(wanted.redirect_uri, { code, state: wanted.state });
    },
    deny: (address) => {
      const { redirect_uri: to, state } = read(address);
      return back(to, { error: 'access_denied', state });
    },
    spend: (form) => {
      const code = form.get('code') ?? '';
      const wanted = codes.get(code);
      codes.delete(code);
      if (wanted === undefined || form.get('redirect_uri') !== wanted.redirect_uri) return undefined;
      const challenge = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url');
      return proof && challenge !== wanted.code_challenge ? undefined : { scope: wanted.scope };
    },
  };
}
