import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asWebVtt, captionsType, largestCaptions, readCaptions } from '../../src/media/captions.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const vtt = `WEBVTT - Council news

NOTE for whoever edits this

STYLE
::cue { color: white }

intro
00:01.000 --> 00:03.500 line:0 position:20%
<v Leader>Good <b>evening</b>.

01:00:00.000 --> 01:00:02.000
Goodbye.
And thank you.
`;
const srt =
  '1\r\n00:00:01,000 --> 00:00:03,500\r\nGood evening.\r\n\r\n2\r\n00:00:04,000 --> 00:00:05,000\r\nGoodbye.\r\n';

describe('captions', () => {
  test('WebVTT is read with its hours, settings, notes and marks', () => {
    expect(readCaptions(bytes(vtt))).toEqual({
      ok: true,
      captions: {
        contentType: 'text/vtt',
        cues: [
          { from: 1_000, to: 3_500, text: 'Good evening.' },
          { from: 3_600_000, to: 3_602_000, text: 'Goodbye.\nAnd thank you.' },
        ],
      },
    });
  });

  test('those that were kept are told by their first bytes from pictures and videos, to be opened from a card', () => {
    const kept = asWebVtt({ contentType: 'text/vtt', cues: [{ from: 0, to: 1_000, text: 'Hello' }] });
    expect(captionsType(bytes(kept))).toBe('text/vtt');
    expect(captionsType(bytes('<svg>WEBVTT'))).toBeUndefined();
  });

  test('a mark that goes on in the next line hides no word from whoever reads the captions', () => {
    const split = 'WEBVTT\n\n00:01.000 --> 00:02.000\nGood eve<b\n>ning to\nall';
    expect(readCaptions(bytes(split))).toMatchObject({
      captions: { cues: [{ text: 'Good evening to\nall' }] },
    });
  });

  test('SubRip is read, also with a mark of byte order before it', () => {
    for (const text of [srt, `\uFEFF${srt}`]) {
      expect(readCaptions(bytes(text))).toEqual({
        ok: true,
        captions: {
          contentType: 'application/x-subrip',
          cues: [
            { from: 1_000, to: 3_500, text: 'Good evening.' },
            { from: 4_000, to: 5_000, text: 'Goodbye.' },
          ],
        },
      });
    }
  });

  test.each([
    ['an end before its beginning', '00:03.000 --> 00:01.000\nHello', 'caption-time-wrong', 3],
    ['a time that is none', '00:61.000 --> 00:63.000\nHello', 'caption-time-wrong', 3],
    ['a time of SubRip in WebVTT', '00:00:01,000 --> 00:00:02,000\nHello', 'caption-time-wrong', 3],
    ['nothing said', '00:01.000 --> 00:02.000\n\n', 'caption-without-words', 3],
    ['only marks', '00:01.000 --> 00:02.000\n<b></b>', 'caption-without-words', 3],
    [
      'an earlier one after a later one',
      '00:05.000 --> 00:06.000\nTwo\n\n00:01.000 --> 00:02.000\nOne',
      'caption-order-wrong',
      6,
    ],
  ])('%s: said with its line', (_name, cue, why, line) => {
    expect(readCaptions(bytes(`WEBVTT\n\n${cue}\n`))).toMatchObject({ ok: false, why, line });
  });

  test.each([
    ['WEBVTT\n\n', 'captions-empty'],
    ['Dear all, here is what is said.', 'captions-unknown-form'],
    ['', 'captions-unknown-form'],
  ])('%j: %s', (text, why) => {
    expect(readCaptions(bytes(text))).toEqual({ ok: false, why });
  });

  test('what is no text, and what is too much of it', () => {
    expect(readCaptions(Buffer.from([0xff, 0xfe, 0x31, 0x00]))).toEqual({
      ok: false,
      why: 'captions-not-text',
    });
    expect(readCaptions(new Uint8Array(largestCaptions + 1))).toEqual({
      ok: false,
      why: 'captions-too-large',
    });
  });

  test('whatever was read is the same after it was written as WebVTT', () => {
    const cue = fc.record({
      gap: fc.integer({ min: 0, max: 4_000_000 }),
      takes: fc.integer({ min: 1, max: 90_000 }),
      text: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9 ,.!?]{0,30}[A-Za-z0-9]$/u),
    });
    fc.assert(
      fc.property(fc.array(cue, { minLength: 1, maxLength: 20 }), (made) => {
        let at = 0;
        const cues = made.map(({ gap, takes, text }) => {
          at += gap;
          return { from: at, to: at + takes, text };
        });
        const captions = { contentType: 'text/vtt' as const, cues };
        expect(readCaptions(bytes(asWebVtt(captions)))).toEqual({ ok: true, captions });
      }),
    );
  });
});
