import { z } from 'zod';

/** Nulls and absent fields are the same to Teams. */
export const maybe = <T extends z.ZodType>(schema: T) =>
  schema.nullish().transform((value) => value ?? undefined);

const text = z.string().max(200_000);
const id = z.string().min(1).max(2_000);
const holder = maybe(z.object({ id: maybe(id) }));

/** What Crier uses of an activity of the Bot Framework protocol; everything else is let by unread. */
const activitySchema = z.object({
  type: z.string().min(1).max(100),
  id: maybe(id),
  channelId: id,
  serviceUrl: z.url({ protocol: /^https?$/ }).max(2_000),
  name: maybe(z.string().max(200)),
  action: maybe(z.string().max(100)),
  text: maybe(text),
  locale: maybe(z.string().max(100)),
  replyToId: maybe(id),
  from: maybe(z.object({ id: maybe(id), aadObjectId: maybe(id), name: maybe(text) })),
  recipient: holder,
  conversation: z.object({
    id,
    conversationType: maybe(z.string().max(100)),
    isGroup: maybe(z.boolean()),
    tenantId: maybe(id),
  }),
  channelData: maybe(
    z.object({
      tenant: holder,
      team: holder,
      channel: holder,
      teamsTeamId: maybe(id),
      teamsChannelId: maybe(id),
      /** what of a message was changed */
      eventType: maybe(z.string().max(100)),
    }),
  ),
  membersAdded: maybe(z.array(z.object({ id }))),
  membersRemoved: maybe(z.array(z.object({ id }))),
  entities: maybe(z.array(z.unknown())),
  attachments: maybe(
    z.array(
      z.object({
        contentType: z.string().max(500),
        contentUrl: maybe(z.string().max(10_000)),
        name: maybe(text),
        content: z.unknown().optional(),
      }),
    ),
  ),
  value: z.unknown().optional(),
});

/** An activity that parsed. Not yet known to come from Teams: the token says that. */
export type Activity = z.infer<typeof activitySchema>;

const deepest = 64;

/** Whether a value is nested deeper than any activity is; told without recursion, which such a value would exhaust. */
function tooDeep(value: unknown): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; depth <= deepest; depth += 1) {
    level = level.flatMap((item): unknown[] =>
      item !== null && typeof item === 'object' ? Object.values(item) : [],
    );
    if (level.length === 0) return false;
  }
  return true;
}

/** @returns the activity, or undefined for anything that is none; never throws, whatever JSON it is given */
export function parseActivity(body: unknown): Activity | undefined {
  if (tooDeep(body)) return undefined;
  return activitySchema.safeParse(body).data;
}

/** @returns the tenant that the activity says it is from; where it says so twice and differently, both */
export function tenantsOf(activity: Activity): readonly string[] {
  const said = [activity.conversation.tenantId, activity.channelData?.tenant?.id];
  return [...new Set(said.filter((tenant) => tenant !== undefined))];
}
