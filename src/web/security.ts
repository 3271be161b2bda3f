/** What a page needs beyond text, our own style sheet and our own pictures. */
export interface PageNeeds {
  /** our own videos and their captions */
  readonly media?: boolean;
  /** our own script files */
  readonly script?: boolean;
  /** frames of our own site, our own data by script, forms sent to ourselves */
  readonly frame?: boolean;
  readonly connect?: boolean;
  readonly form?: boolean;
  /** origins that may frame the page, beside our own; absent: nobody may */
  readonly framedBy?: readonly string[];
}

/** The content security policy of a page: nothing but what it needs, never anything inline, never another host. */
export function contentSecurityPolicy(needs: PageNeeds = {}): string {
  return [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    ...(needs.media === true ? ["media-src 'self'"] : []),
    ...(needs.script === true ? ["script-src 'self'"] : []),
    ...(needs.frame === true ? ["frame-src 'self'"] : []),
    ...(needs.connect === true ? ["connect-src 'self'"] : []),
    `form-action ${needs.form === true ? "'self'" : "'none'"}`,
    "base-uri 'none'",
    `frame-ancestors ${needs.framedBy === undefined ? "'none'" : ["'self'", ...needs.framedBy].join(' ')}`,
  ].join('; ');
}

/** The headers of every answer; a route that needs more says so itself. `https` adds HSTS. */
export function securityHeaders(https: boolean): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': contentSecurityPolicy(),
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'strict-origin-when-cross-origin',
    'Permissions-Policy':
      'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    ...(https ? { 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' } : {}),
  };
}

/**
 * What a picture of a post that is not public says beside: a card is drawn on Teams' own pages, which load it as
 * another site would. Its address cannot be guessed, and no search engine is to keep it.
 */
export const shownOnCards: Readonly<Record<string, string>> = {
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'X-Robots-Tag': 'noindex',
};
