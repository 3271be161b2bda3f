import { expect, test } from 'vitest';
import { createGuests } from '../../src/teams/guests.ts';

test('a guest who comes while we look who is there is seen by the next look', async () => {
  const looks = [Promise.withResolvers<boolean>(), Promise.withResolvers<boolean>()];
  let n = 0;
  const guests = createGuests(
    {
      members: async () => {
        const isGuest = await looks[n++]?.promise;
        const member = { id: '29:a', name: 'A', isGuest: isGuest === true };
        return { sent: true, members: [member] };
      },
    },
    () => 0,
  );
  const place = {
    of: 'highways',
    conversationId: '19:roads@thread.tacv2',
    serviceUrl: 'https://teams.example/',
    setBy: 'tom-ashcroft',
    at: 0,
  };
  const signal = AbortSignal.timeout(10_000);
  const first = guests.areIn(place, signal);
  guests.forget();
  looks[0]?.resolve(false);
  expect(await first).toBe(false);
  looks[1]?.resolve(true);
  expect(await guests.areIn(place, signal)).toBe(true);
});
