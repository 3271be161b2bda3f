import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { openLink } from '../../src/media/linked.ts';
import { pngBomb } from '../fixtures/pictures/png-bomb.ts';
import { throughProxy } from '../peers/outbound.ts';
import { openCouncil, type Council } from './council.ts';
import { filesInTeams } from './files-in-teams.ts';

const script = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';

/** The bytes of everything that is kept of pictures. */
async function stored({ folder }: Council): Promise<readonly Buffer[]> {
  const within = join(folder, 'media');
  const all = await readdir(within, { recursive: true, withFileTypes: true });
  return await Promise.all(
    all.filter((each) => each.isFile()).map(async (each) => await readFile(join(each.parentPath, each.name))),
  );
}

async function fromPhone(): Promise<Buffer> {
  const grey = { create: { width: 640, height: 480, channels: 3 as const, background: '#778877' } };
  return await sharp(grey)
    .jpeg()
    .withExif({
      IFD0: { Make: 'Apple', Model: 'iPhone 15' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '53/1 28/1 4838/100' },
    })
    .toBuffer();
}

test('a phone’s pictures tell of no place and no camera, and what is hostile is answered, not kept, not fetched', async () => {
  const jpeg = await fromPhone();
  const heic = await readFile(new URL('../fixtures/pictures/phone.heic', import.meta.url));
  const asked: string[] = [];
  const outbound = await throughProxy({
    'images.sefton.example': (request, response) => {
      asked.push(request.url ?? '');
      if (request.url === '/path.jpg') response.end(jpeg);
      else if (request.url === '/moved.jpg') {
        response.writeHead(302, { location: 'https://elsewhere.example/path.jpg' });
        response.end();
      } else response.end(script);
    },
    'elsewhere.example': (request, response) => {
      asked.push(`elsewhere${request.url ?? ''}`);
      response.end(jpeg);
    },
  });
  await using council = await openCouncil({
    protocol: (sample) =>
      sample.replace(
        '# media-from:\n#   - images.sefton.gov.uk\n',
        'media-from: [images.sefton.example, rebound.sefton.example]\n',
      ),
    openLink: async (address, hosts) =>
      await openLink(address, hosts, {
        silence: 5_000,
        within: 10_000,
        lookup: (_name, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]),
      }),
  });
  const nadia = council.as('nadia-hartley');
  await using teams = await filesInTeams(council, {
    'phone.jpg': jpeg,
    'phone.heic': heic,
    'program.jpg': Buffer.from('MZ\u0090\u0000 this is no picture'),
    'behind.png': Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from(script)]),
    'bomb.png': pngBomb(60_000, 60_000),
    'drawing.svg': Buffer.from(script),
    'words.vtt': Buffer.from('hello no captions'),
  });
  // The card of the words may come beside the answer about the file.
  const sent = async (name: string, words: string): Promise<string> => {
    const before = council.shown(nadia.chat).length;
    await teams.send(nadia, name, words);
    return council
      .shown(nadia.chat)
      .slice(before)
      .map(({ text }) => text)
      .join('\n');
  };
  const typed = async (words: string): Promise<string> =>
    (await nadia.say(words)).map(({ text }) => text).join(' ');
  try {
    expect(`${jpeg.toString('latin1')}${heic.toString('latin1')}`).toMatch(/iPhone 15[^]*iPhone 15/u);
    await sent('phone.jpg', 'propose The path is open.');
    await sent('phone.heic', 'propose The path is open again.');
    await typed('propose The new path https://images.sefton.example/path.jpg is open.');
    expect((await council.post(1)).revision.media).toMatchObject([{ contentType: 'image/jpeg', width: 640 }]);
    expect((await council.post(2)).revision.media).toMatchObject([{ contentType: 'image/jpeg', width: 64 }]);
    expect((await council.post(3)).revision).toMatchObject({
      text: 'The new path is open.',
      media: [{ contentType: 'image/jpeg', width: 640 }],
    });
    const kept = await stored(council);
    // The third is the first over again.
    expect(kept).toHaveLength(2);
    for (const bytes of kept) {
      expect(bytes.toString('latin1')).not.toMatch(/Exif|iPhone|Apple|GPS|ns\.adobe\.com/u);
      const { exif, xmp, iptc, icc } = await sharp(bytes).metadata();
      expect([exif, xmp, iptc, icc]).toEqual([undefined, undefined, undefined, undefined]);
    }

    const nothing = 'It is nothing that I can use.';
    for (const [name, words] of [
      ['program.jpg', nothing],
      ['behind.png', nothing],
      ['drawing.svg', nothing],
      ['bomb.png', 'It has more than 50 million pixels.'],
    ] as const) {
      expect(await sent(name, 'propose Look at this.')).toContain(words);
      expect(await sent(name, '')).toContain(words);
    }
    // A file whose name says that it holds captions hears what one has.
    expect(await sent('words.vtt', 'propose Look at this.')).toContain(
      'A .vtt file begins with the line WEBVTT',
    );
    // What came with them is not lost.
    expect((await council.post(8)).revision).toMatchObject({ text: 'Look at this.', media: [] });
    asked.length = 0;
    expect(await typed('propose Look: https://images.sefton.example/drawing.png')).toContain(nothing);
    expect(await typed('propose Look: https://images.sefton.example/moved.jpg')).toContain(
      'leads on to a site',
    );
    expect(asked.splice(0)).toEqual(['/drawing.png', '/moved.jpg']);

    for (const link of [
      'http://127.0.0.1/photo.jpg',
      'http://[::1]/photo.jpg',
      'http://169.254.169.254/latest/meta-data/',
      'https://10.0.0.7/photo.jpg',
      'https://localhost/photo.jpg',
      'https://nas.local/photo.jpg',
    ]) {
      expect(await typed(`propose Look at this ${link}`)).toContain('inside a network');
    }
    expect(await typed('propose Look: http://images.sefton.example/path.jpg')).toContain('https:// alone');
    expect(await typed('propose Look: https://images.sefton.example:8443/path.jpg')).toContain(
      'without a port',
    );
    // The words are not lost with their link.
    for (let n = 9; n <= 18; n += 1) {
      expect((await council.post(n)).revision).toMatchObject({
        text: n > 10 && n < 17 ? 'Look at this' : 'Look:',
        media: [],
      });
    }
    expect(council.shown(nadia.chat).some(({ text }) => text.includes('Your words are draft #11'))).toBe(
      true,
    );
    // A picture of any other site stays a link, and is not fetched.
    await typed('propose Look: https://elsewhere.example/path.jpg');
    expect((await council.post(19)).revision).toMatchObject({
      text: 'Look: https://elsewhere.example/path.jpg',
      media: [],
    });
    expect(
      council.shown(nadia.chat).some(({ text }) => text.includes('no picture from elsewhere.example')),
    ).toBe(true);
    expect(asked).toEqual([]);
    expect(await stored(council)).toHaveLength(2);

    // Without the proxy, a listed name that is a place inside is not connected to.
    await outbound.close();
    expect(await typed('propose Look: https://rebound.sefton.example/photo.jpg')).toContain(
      'inside a network',
    );
    expect((await council.post(20)).revision).toMatchObject({ text: 'Look:', media: [] });
  } finally {
    await outbound.close();
  }
});
