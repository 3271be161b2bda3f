/** What the buttons of all cards say to Crier; a test finds the same in the templates. */
export const verbs = [
  'command.run',
  'list.open',
  'person.back',
  'place.confirm',
  'post.answer',
  'post.approve',
  'post.approve-correction',
  'post.cancel',
  'post.choose-department',
  'post.correct',
  'post.hold',
  'post.pass-on',
  'post.refuse',
  'post.refuse-correction',
  'post.remove',
  'post.revise',
  'post.schedule',
  'post.send',
  'post.send-back',
  'view.open',
] as const;

export type Verb = (typeof verbs)[number];
