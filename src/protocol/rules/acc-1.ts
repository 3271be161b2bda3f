import { tellsOfVideos } from '../media-limits.ts';
import type { CheckedDraft } from '../rule.ts';
import { fold } from '../text/fold.ts';
import type { WordingRule } from './codes.ts';

const FILE_NAME =
  /^[\w\s().,+~-]*\.(?:jpe?g|png|gif|webp|heic|heif|bmp|tiff?|svg|avif|mp4|mov|avi|webm|m4v|pdf|docx?|pptx?)$/i;
const CAMERA_NAME =
  /^(?:img|dsc[fn]?|dscn|pxl|mvimg|vid|mov|photo|image|picture|pic|screenshot|screen shot|untitled|scan|wa|fb_img|gopr|p)[\s_-]*\d[\d\s_-]*(?:\(\d+\))?$|^[\d\s_-]+$/i;
// one run of characters with signs or digits in it, as cameras, phones and design programs name files
const NAME_OF_A_FILE =
  /^(?=\S*_|\S*\d{4}\d|(?!\S*-(?:in|of|the|and|up|a|to|on)-)\S*-\S*-)[\w-]{5,}$|^(?:img|dsc|pxl|vid|screenshot|screen shot|whatsapp (?:image|video))[\s_-]+[\d\s_.:-]*(?:at|wa)?[\s\d_.:-]+$/i;
// how somebody who works on a file marks its state, in front of or behind what it shows
const STATE =
  '(?:final|draft|version|copy|edit|edited|approved|amended|revised|updated|signed off|print[- ]ready|lo-?res|hi-?res|(?:for|to) (?:web|print|socials?|approval|sign[- ]off|fb|facebook|instagram|insta)|v ?\\d[\\d.]*)';
const NUMBER = '(?:new|a[345]|\\d+)';
const DOCUMENT =
  '(?:posters?|flyers?|leaflets?|banners?|graphics?|artwork|designs?|adverts?|logos?|images?|photos?|pics?|pictures?|headers?|covers?|infographics?|cards?|slides?|videos?|clips?|reels?|templates?)';
const MARKED_AS_A_FILE: readonly RegExp[] = [
  / v\d+(?:\.\d+)*$/,
  // the second of that name; "Hedgehogs (2)" says how many
  new RegExp(`^(?!(?!${DOCUMENT} )[a-z]+s \\([2-9]\\)$).*\\w \\(\\d+\\)$`, 'i'),
  / \d{3,4} ?x ?\d{3,4}(?: ?px)?$/i,
  /^copy of \S/i,
  // FINAL among small letters
  /^(?=.*[a-z]{2})(?:FINAL .*|.* FINAL)$/,
  new RegExp(`\\b${DOCUMENT}(?:[ -]+${NUMBER})*[ -]+${STATE}(?:[ -]+(?:${STATE}|${NUMBER}))*$`, 'i'),
];
// what joins the words of a description, and stands in no name of a file
const DESCRIBES = /[,;:!?]|\.(?:\s|$)|\b(?:an?|the|of|in|on|at|with|by|from|over|under|is|are)\b/i;

// words that may stand in an alternative text but say nothing by themselves
const EMPTY_WORDS =
  /^(?:an?|the|of|our|my|this|is|here|image|images|img|photo|photos|photograph|picture|pictures|pic|pics|graphic|graphics|illustration|icon|logo|screenshot|screen|shot|poster|banner|video|film|clip|gif|media|file|attachment|alt|text|alternative|description|caption|untitled|unknown|none|no|na|n|todo|tbc|tbd|test|placeholder|thumbnail|decorative|blank|empty|null|undefined|upload|uploaded|something|anything|it|see|above|below|insert|add|enter|describe|your|goes|post|social|stock|cover|header|main|featured|final|copy|edit|edited|version|draft|design|artwork|flyer|leaflet|infographic|snap|untitled\d*|image\d+|photo\d+|picture\d+|img\d+|v\d+|new|default|jpeg|jpg|png|\d+)$/;

/**
 * ACC-1: every picture and video has an alternative text that says something: no file name, not "image". That of a
 * video is asked for where one of the post's accounts would tell it to anybody: neither Meta, X nor YouTube takes one.
 */
export const acc1: WordingRule = {
  id: 'ACC-1',
  settings: {},
  check: (draft) =>
    draft.media.flatMap(({ alt, type }, media) => {
      const told = type === 'image' || draft.carried === undefined || isTold(draft);
      const code = told ? faultOf(alt) : undefined;
      return code === undefined
        ? []
        : [
            {
              code,
              facts: { number: media + 1, type },
              spots: [{ in: 'alt' as const, media, from: 0, to: alt.length }],
            },
          ];
    }),
};

const isTold = ({ texts }: CheckedDraft): boolean =>
  texts.length === 0 || tellsOfVideos(texts.map(({ network }) => network));

function faultOf(alt: string): 'alt-missing' | 'alt-file-name' | 'alt-says-nothing' | undefined {
  const text = fold(alt).text.trim();
  if (text === '') return 'alt-missing';
  if (NAME_OF_A_FILE.test(text)) return 'alt-file-name';
  if (FILE_NAME.test(text) || CAMERA_NAME.test(text) || /^\S*[_/\\]\S*\.\w{3,4}$/.test(text))
    return 'alt-file-name';
  if (isWorkingName(text)) return 'alt-file-name';
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.every((word) => EMPTY_WORDS.test(word)) ? 'alt-says-nothing' : undefined;
}

/** "Careers fair poster FINAL v3", "Copy of bin calendar": what a file is called while somebody works on it. */
function isWorkingName(text: string): boolean {
  return (
    MARKED_AS_A_FILE.some((marked) => marked.test(text)) &&
    !DESCRIBES.test(text.replace(/^(?:copy of )+/i, ''))
  );
}
