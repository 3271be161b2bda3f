import { TwitterApi } from 'twitter-api-v2';
import { z } from 'zod';

/**
 * What publishing is measured against: the vendor's client alone, which keeps nothing, decides nothing and looks
 * nothing up. It posts the texts that its parent gives, so many at a time, and says when it is through.
 */

const asked = z.object({
  accounts: z.array(
    z.object({
      appKey: z.string(),
      appSecret: z.string(),
      accessToken: z.string(),
      accessSecret: z.string(),
    }),
  ),
  texts: z.array(z.string()),
  atOnce: z.int(),
});

async function post({ accounts, texts, atOnce }: z.infer<typeof asked>): Promise<void> {
  const clients = accounts.map((account) => new TwitterApi(account, { compression: 'identity' }));
  let next = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let at = next++; at < texts.length; at = next++) {
        await clients[at % clients.length]?.v2.post('tweets', { text: texts[at] ?? '' });
      }
    }),
  );
}

process.on('message', (given) => {
  void post(asked.parse(given)).then(() => process.send?.({ done: true }));
});
process.on('disconnect', () => process.exit());
process.send?.({ ready: true });
