/** Stands between a Teams channel's conversation and the message that a thread in it began with. */
export const threadMark = ';messageid=';

/** @returns a conversation's id without the thread: a whole Teams channel is one conversation */
export const withoutThread = (conversationId: string): string => conversationId.split(threadMark)[0] ?? '';

/** @returns the message that a thread began with; undefined for what is no thread of a Teams channel */
export const threadIn = (conversationId: string): string | undefined => conversationId.split(threadMark)[1];
