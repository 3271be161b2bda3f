import { z } from 'zod';
import {
  ActivityHandler,
  CardFactory,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type Activity,
  type InvokeResponse,
  type TurnContext,
} from 'botbuilder';
import type { ConnectorClient } from 'botframework-connector';
import restify from 'restify';

/**
 * What Crier is measured against: the bot that Microsoft's samples begin with, on the same restify, without
 * authentication as in a rehearsal. It keeps nothing. A message is answered with a message that holds a card, an
 * invoke with the card itself; where the parent has given calls, every invoke makes them, too.
 */

/** One call of the connector, as it was made by Crier for one press. */
interface Call {
  readonly how: string;
  readonly conversationId: string;
  readonly activityId: string;
  readonly activity: Partial<Activity>;
}

let card: unknown = {
  type: 'AdaptiveCard',
  version: '1.5',
  body: [{ type: 'TextBlock', text: 'Hello', wrap: true }],
};
let calls: readonly Call[] = [];

class BareBot extends ActivityHandler {
  constructor() {
    super();
    this.onMessage(async (context, next) => {
      await context.sendActivity({ attachments: [CardFactory.adaptiveCard(card)], summary: 'Echo' });
      await next();
    });
  }

  protected override async onInvokeActivity(context: TurnContext): Promise<InvokeResponse> {
    const made = calls;
    if (made.length > 0) {
      const client = context.turnState.get<ConnectorClient>(context.adapter.ConnectorClientKey);
      await Promise.all(
        made.map(async ({ how, conversationId, activityId, activity }) =>
          how === 'update'
            ? await client.conversations.updateActivity(conversationId, activityId, { ...activity })
            : await client.conversations.sendToConversation(conversationId, { ...activity }),
        ),
      );
    }
    return {
      status: 200,
      body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card },
    };
  }
}

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
adapter.onTurnError = async (_context, error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
  await Promise.resolve();
};
const bot = new BareBot();
const server = restify.createServer();
server.use(restify.plugins.bodyParser());
server.post('/api/messages', async (request, response) => {
  const { headers, method = 'POST' } = request;
  const given: unknown = request.body;
  const body = z.record(z.string(), z.unknown()).parse(given);
  await adapter.process({ headers, method, body }, response, async (context) => await bot.run(context));
});
server.listen(0, '127.0.0.1', () => {
  process.send?.({ ready: true, port: server.address().port });
});

process.on('message', (given: unknown) => {
  if (given === null || typeof given !== 'object') return;
  if ('card' in given) card = given.card;
  if ('calls' in given && Array.isArray(given.calls)) calls = given.calls;
});
process.on('disconnect', () => process.exit());
process.on('SIGTERM', () => process.exit());
