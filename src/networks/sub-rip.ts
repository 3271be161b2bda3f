const arrow = /^(?<from>\d{2,}:\d{2}:\d{2}\.\d{3}) --> (?<to>\d{2,}:\d{2}:\d{2}\.\d{3})/u;

/** The signs that WebVTT writes as names. */
const named: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&nbsp;': ' ', '&amp;': '&' };

/**
 * Captions as SubRip, the one form that Facebook takes (Graph API, Video Captions), out of the one that is kept: WebVTT
 * with whole hours and nothing but times and words.
 */
export function asSubRip(webVtt: string): string {
  const blocks = webVtt
    .trimEnd()
    .split(/\n{2,}/u)
    .flatMap((block) => {
      const [first = '', ...words] = block.split('\n');
      const times = arrow.exec(first)?.groups;
      if (times === undefined) return [];
      const comma = (time = ''): string => time.replace('.', ',');
      const plain = words.join('\n').replace(/&(?:lt|gt|nbsp|amp);/gu, (sign) => named[sign] ?? sign);
      return [`${comma(times['from'])} --> ${comma(times['to'])}\n${plain}`];
    });
  return blocks.map((block, n) => `${String(n + 1)}\n${block}\n`).join('\n');
}
