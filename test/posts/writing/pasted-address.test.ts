import { expect, test } from 'vitest';
import { pastedAddress } from '../../../src/posts/writing/pasted-address.ts';

test.each([
  ['https://nextdoor.co.uk/p/abc', 'https://nextdoor.co.uk/p/abc'],
  ['nextdoor.co.uk/p/abc', 'https://nextdoor.co.uk/p/abc'],
  ['Look what I posted: https://nextdoor.co.uk/p/abc.', 'https://nextdoor.co.uk/p/abc'],
  ['http://192.168.1.1/p https://nextdoor.co.uk/p/abc', 'https://nextdoor.co.uk/p/abc'],
  ['https://münchen.example.de/p', 'https://münchen.example.de/p'],
])('what somebody pastes has an address: %s', (pasted, address) => {
  expect(pastedAddress(pasted)).toBe(address);
});

test.each([
  '',
  'I have posted it.',
  'http://nextdoor.co.uk/p/abc',
  'ftp://nextdoor.co.uk/p/abc',
  'https://nextdoor',
  'https://nextdoor/p/abc',
  'https://localhost:8080/p',
  'https://192.168.1.1/p',
  'https://0xc0a80101/p',
  'https://3232235777/p',
  'https://8.8.8.8/p',
  'https://[fd00::1]/p',
  'https://[::ffff:192.168.1.1]/p',
  'https://ann@nextdoor.co.uk/p',
  'https://ann:secret@nextdoor.co.uk/p',
  'https://:secret@nextdoor.co.uk/p',
])('nobody else can follow safely: %s', (pasted) => {
  expect(pastedAddress(pasted)).toBeUndefined();
});
