import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LookupFunction } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isPublic, openLink, type LinkOpened } from '../../src/media/linked.ts';
import { throughProxy, type Outbound } from '../peers/outbound.ts';

const host = 'images.sefton.example';
const other = 'pictures.sefton.example';
const hosts = [host, other];
const limits = { silence: 5_000, within: 10_000 };

async function bytesOf(opened: LinkOpened): Promise<string> {
  if (!opened.ok) throw new Error(opened.why);
  const pieces: Uint8Array[] = [];
  for await (const piece of opened.bytes) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

describe('through the proxy that the environment names', () => {
  let asked: string[] = [];
  let outbound: Outbound;
  const moved = (response: ServerResponse, to: string): void => {
    response.writeHead(302, { location: to });
    response.end('moved');
  };
  const answer = (name: string) => (request: IncomingMessage, response: ServerResponse) => {
    const path = request.url ?? '';
    asked.push(`${name}${path}`);
    if (path === '/photo.jpg') response.end('a photo');
    else if (path === '/moved.jpg') moved(response, `https://${other}/photo.jpg`);
    else if (path === '/away.jpg') moved(response, 'https://evil.example/photo.jpg');
    else if (path === '/inside.jpg') moved(response, 'http://169.254.169.254/latest/meta-data');
    else if (path === '/plain.jpg') moved(response, `http://${host}/photo.jpg`);
    else if (path === '/round.jpg') moved(response, '/round.jpg');
    else if (path === '/half.jpg') {
      response.writeHead(200, { 'content-length': 9_000 });
      response.write('half', () => response.destroy());
    } else if (path !== '/silent.jpg') {
      response.writeHead(404);
      response.end();
    }
  };
  beforeAll(async () => {
    outbound = await throughProxy({
      [host]: answer(host),
      [other]: answer(other),
      'evil.example': answer('evil.example'),
    });
  });
  afterAll(async () => await outbound.close());
  beforeEach(() => {
    asked = [];
  });
  // Nobody resolves a name here: the proxy does, so this look-up is a fault.
  const lookup: LookupFunction = (name, _options, done) => done(new Error(`asked for ${name}`), '');
  const open = async (path: string): Promise<LinkOpened> =>
    await openLink(`https://${host}${path}`, hosts, { ...limits, lookup });

  test('a file is taken, also after it has moved to another host of the list', async () => {
    expect(await bytesOf(await open('/photo.jpg'))).toBe('a photo');
    expect(await bytesOf(await open('/moved.jpg'))).toBe('a photo');
    expect(asked).toEqual([`${host}/photo.jpg`, `${host}/moved.jpg`, `${other}/photo.jpg`]);
  });

  test.each(['/away.jpg', '/inside.jpg', '/plain.jpg'])('%s: where it leads is not asked', async (path) => {
    expect(await open(path)).toEqual({ ok: false, what: 'link', why: 'link-leads-away' });
    expect(asked).toEqual([`${host}${path}`]);
  });

  test('one that goes round and round is given up', async () => {
    expect(await open('/round.jpg')).toMatchObject({ ok: false, why: 'link-leads-away' });
    expect(asked).toHaveLength(4);
  });

  test('nothing there, nothing said, and a file that breaks off', async () => {
    expect(await open('/none.jpg')).toMatchObject({ ok: false, why: 'link-not-reached' });
    const silent = openLink(`https://${host}/silent.jpg`, hosts, { ...limits, silence: 200, lookup });
    expect(await silent).toMatchObject({ ok: false, why: 'link-not-reached' });
    const half = await open('/half.jpg');
    expect(half).toMatchObject({ ok: true, size: 9_000 });
    await expect(bytesOf(half)).rejects.toThrow('aborted');
  });

  test('a proxy that is not there is no reason to go past it', async () => {
    outbound.cut('refused');
    expect(await open('/photo.jpg')).toMatchObject({ ok: false, why: 'link-not-reached' });
    outbound.mend();
    expect(asked).toEqual([]);
  });
});

describe('where no proxy stands between', () => {
  test.each([
    ['127.0.0.1'],
    ['10.1.2.3'],
    ['::1'],
    ['fd00::1'],
    ['::ffff:192.168.1.1'],
    ['8.8.8.8', '192.168.1.1'],
  ])('a listed name that is %s %s is not connected to', async (...addresses) => {
    const lookup: LookupFunction = (_name, _options, done) =>
      done(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    expect(await openLink(`https://${host}/photo.jpg`, hosts, { ...limits, lookup })).toEqual({
      ok: false,
      what: 'link',
      why: 'link-inside',
    });
  });

  test('what everybody can reach, and what not', () => {
    const inside =
      '0.0.0.0 100.64.1.1 169.254.169.254 172.31.0.1 192.168.0.1 198.18.0.1 224.0.0.1 255.255.255.255';
    const six = ':: fe80::1 ff02::1 64:ff9b::a00:1 2001:db8::1 2002:a00:1:: ::ffff:8.8.8.8';
    expect(`${inside} ${six}`.split(' ').filter(isPublic)).toEqual([]);
    expect(['8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450::1'].every(isPublic)).toBe(
      true,
    );
  });
});
