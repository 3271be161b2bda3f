/** How a command is typed, and what it does in a short sentence. The help, the README and the manifest say these. */
export interface CommandWords {
  readonly usage: string;
  readonly does: string;
}

/** Every command that can be typed, by its name. */
export const commandWords = {
  propose: {
    usage: 'propose [department:] text',
    does: 'Write a post. I check it and show who has to approve it.',
  },
  posts: {
    usage: 'posts',
    does: 'See the latest posts of your department.',
  },
  waiting: {
    usage: 'waiting',
    does: 'See what waits for you.',
  },
  show: {
    usage: 'show 142',
    does: 'Show a post.',
  },
  edit: {
    usage: 'edit 142',
    does: 'Change a post that is not public yet.',
  },
  picture: {
    usage: 'picture 142',
    does: 'Put a picture or a video into a post that is not public yet. Attach it to the same message.',
  },
  captions: {
    usage: 'captions 142',
    does: 'Add captions to the video of a post. Attach the .vtt or .srt file to the same message.',
  },
  cancel: {
    usage: 'cancel 142',
    does: 'Give up a post that is not public yet.',
  },
  schedule: {
    usage: 'schedule 142 tomorrow 9am',
    does: 'Choose when a post goes out.',
  },
  hold: {
    usage: 'hold 142, or hold all',
    does: 'Stop what is not out yet of a post. "hold all" stops everything (the desk and the duty officer).',
  },
  pause: {
    usage: 'pause routine',
    does: 'Let nothing out but safety information, until "resume" (the desk and the duty officer).',
  },
  stop: {
    usage: 'stop everything',
    does: 'Let nothing out at all, until "resume" (the desk and the duty officer).',
  },
  resume: {
    usage: 'resume',
    does: 'Let posts go out again after a pause or a stop. What was held waits for a decision.',
  },
  correct: {
    usage: 'correct 142',
    does: 'Put right a post that is public. One other person has to agree.',
  },
  remove: {
    usage: 'remove 142',
    does: 'Take down a post that is public (the desk and the duty officer).',
  },
  why: {
    usage: 'why 142',
    does: 'See which rules apply to a post and who has to approve it, with the clauses.',
  },
  where: {
    usage: 'where used 142',
    does: 'See every post that uses a picture of a post, such as when somebody in it no longer agrees.',
  },
  calendar: {
    usage: 'calendar',
    does: 'See what goes out when, and what was posted outside Crier.',
  },
  people: {
    usage: 'people, or people Highways',
    does: 'See who approves what, who is away and who cannot be reached.',
  },
  accounts: {
    usage: 'accounts',
    does: 'See every account: who looks after it, whether it is connected, and its last post.',
  },
  away: {
    usage: 'away until Friday, or away no',
    does: 'Say that you are away, so that others are asked.',
  },
  use: {
    usage: 'use this channel for approvals of Highways (or: for the desk)',
    does: "Show a department's approvals, or the desk's work, in a Teams channel.",
  },
  'stop-using': {
    usage: 'stop using this channel',
    does: 'Show no posts in a Teams channel any more. They come in the chats of those who are asked.',
  },
  'sign-in': {
    usage: 'sign-in of Nadia Hartley',
    does: 'Let somebody in who has a new work account. Only the desk can, and never for themselves.',
  },
  help: {
    usage: 'help',
    does: 'See what I can do.',
  },
} as const satisfies Readonly<Record<string, CommandWords>>;

/** The name of a command, its first word. */
export type CommandName = keyof typeof commandWords;
