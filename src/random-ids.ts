import { randomBytes } from 'node:crypto';

/** Unguessable ids of 144 bits. Asking the system for each by itself would cost more than most that they are for. */
export function randomIds(): () => string {
  const each = 18;
  let pool = Buffer.alloc(0);
  return () => {
    if (pool.length < each) pool = randomBytes(each * 256);
    const id = pool.subarray(0, each).toString('base64url');
    pool = pool.subarray(each);
    return id;
  };
}
