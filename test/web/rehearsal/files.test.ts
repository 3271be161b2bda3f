import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { startCrier, type RunningCrier } from '../../browser/crier.ts';
import { pngBomb } from '../../fixtures/pictures/png-bomb.ts';
import { freePort } from '../../peers/listening.ts';

let crier: RunningCrier;

beforeAll(async () => {
  crier = await startCrier(await freePort());
}, 60_000);

afterAll(async () => {
  await crier[Symbol.asyncDispose]();
});

type Sent = Readonly<
  Record<string, { readonly type: string; readonly bytes: Uint8Array<ArrayBuffer> | string }>
>;

/** Sends the form of the page. */
async function send(person: string, text: string, files: Sent = {}): Promise<Response> {
  const form = new FormData();
  form.set('text', text);
  for (const [name, { type, bytes }] of Object.entries(files))
    form.append('files', new File([bytes], name, { type }));
  return await fetch(`${crier.url}/rehearsal/say?as=${person}`, {
    method: 'POST',
    headers: { origin: crier.url, accept: 'application/json' },
    body: form,
  });
}

const chatSchema = z.object({
  messages: z.array(
    z.object({ from: z.string(), text: z.string().optional(), card: z.unknown().optional() }),
  ),
});

/** Waits until something that Crier has answered says all of that; a draft's card may come before or after words beside it. */
async function hears(person: string, ...words: readonly string[]): Promise<void> {
  await vi.waitFor(
    async () => {
      const chat = await fetch(`${crier.url}/rehearsal/chat?person=${person}&after=0`);
      const { messages } = chatSchema.parse(await chat.json());
      const asked = messages.findLastIndex(({ from }) => from === 'person');
      const answers = messages.slice(asked + 1).map((each) => JSON.stringify(each));
      expect(answers).toContainEqual(
        expect.toSatisfy((answer: string) => words.every((each) => answer.includes(each))),
      );
    },
    { timeout: 15_000 },
  );
}

/** Everything that is kept of pictures. */
async function stored(): Promise<readonly Buffer[]> {
  const all = await readdir(join(crier.folder, 'data', 'media'), { recursive: true, withFileTypes: true });
  return await Promise.all(
    all.filter((each) => each.isFile()).map(async (each) => await readFile(join(each.parentPath, each.name))),
  );
}

const grey = { create: { width: 640, height: 480, channels: 3 as const, background: '#778877' } };

test(
  'what cannot be taken is answered as in Teams, and nothing of it is kept',
  { timeout: 60_000 },
  async () => {
    const nothing = 'It is nothing that I can use.';
    const hostile: readonly (readonly [
      string,
      string,
      Uint8Array<ArrayBuffer> | string,
      readonly string[],
    ])[] = [
      [
        'program.jpg',
        'image/jpeg',
        'MZ\u0090 this is no picture',
        ['I could not take the file you sent', nothing],
      ],
      [
        'drawing.svg',
        'image/svg+xml',
        '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
        ['I could not take drawing.svg', nothing],
      ],
      [
        'bomb.png',
        'image/png',
        new Uint8Array(pngBomb(60_000, 60_000)),
        ['It has more than 50 million pixels.'],
      ],
      [
        'large.jpg',
        'image/jpeg',
        new Uint8Array([...(await sharp(grey).jpeg().toBuffer()), ...new Uint8Array(11 * 1024 * 1024)]),
        ['It is larger than 10 MB.'],
      ],
      ['empty.heic', 'image/heic', '', ['I could not take empty.heic', nothing]],
      ['words.vtt', 'text/vtt', 'hello no captions', ['Which video are these captions for?']],
    ];
    for (const [name, type, bytes, words] of hostile) {
      expect(await (await send('nadia-hartley', '', { [name]: { type, bytes } })).json()).toEqual({});
      await hears('nadia-hartley', ...words);
    }
    expect(await stored()).toEqual([]);
  },
);

test(
  'several photos of a phone are one draft, and nothing tells where they were taken',
  { timeout: 60_000 },
  async () => {
    const heic = await readFile(new URL('../../fixtures/pictures/phone.heic', import.meta.url));
    const jpeg = await sharp(grey)
      .jpeg()
      .withExif({ IFD0: { Make: 'Apple' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '53/1 28/1 4838/100' } })
      .toBuffer();
    expect(heic.toString('latin1')).toContain('iPhone 15');
    await send('sam-kenrick', 'The new path is open.', {
      'one.heic': { type: 'image/heic', bytes: new Uint8Array(heic) },
      'two.jpg': { type: 'image/jpeg', bytes: new Uint8Array(jpeg) },
    });
    await hears('sam-kenrick', 'Picture 2 is not described yet');
    const kept = await stored();
    expect(kept).toHaveLength(2);
    for (const bytes of kept) expect((await sharp(bytes).metadata()).exif).toBeUndefined();
  },
);

test(
  'of several files each that is good is taken, and each that is not is named with its reason',
  { timeout: 60_000 },
  async () => {
    const jpeg = { type: 'image/jpeg', bytes: new Uint8Array(await sharp(grey).jpeg().toBuffer()) };
    const broken = { type: 'image/jpeg', bytes: 'no picture' };
    const both = { 'a.jpg': jpeg, 'b.jpg': broken };
    const came = await send('bethan-prys', 'The new library in Crosby is open.', both);
    expect(await came.json()).toEqual({});
    // Teams tells of a photo without its name.
    await hears(
      'bethan-prys',
      'I could not take file 2 of 2',
      'It is nothing that I can use.',
      'with file 1 of 2 and without it',
    );
  },
);

test('what is no form of the page is not taken', async () => {
  const form = { 'content-type': 'multipart/form-data; boundary=x' };
  const say = async (headers: Readonly<Record<string, string>>, body: string, as = 'tom-ashcroft') =>
    (await fetch(`${crier.url}/rehearsal/say?as=${as}`, { method: 'POST', headers, body })).status;
  const whole = '--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nhelp\r\n--x--\r\n';
  const own = { origin: crier.url };
  expect(await say({ ...form, ...own }, whole.slice(0, 60))).toBe(400);
  expect(await say({ ...form, ...own }, whole.replace('"text"', '"other"'))).toBe(400);
  expect(await say({ ...form, ...own }, whole, 'nobody')).toBe(400);
  expect(await say({ 'content-type': 'application/json', ...own }, '{"text":"help"}')).toBe(400);
  const chat = await fetch(`${crier.url}/rehearsal/chat?person=tom-ashcroft&after=0`);
  expect(chatSchema.parse(await chat.json()).messages).toEqual([]);
  expect(await say({ ...form, ...own, accept: 'application/json' }, whole)).toBe(200);
});
