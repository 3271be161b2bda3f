/** How much happened on walks: they are worth something only where much does. */
export const nothingSeen = () => ({
  published: 0,
  changed: 0,
  deleted: 0,
  corrected: 0,
  held: 0,
  released: 0,
  stopped: 0,
  vouched: 0,
  answered: 0,
  /** how often somebody had put right there what Crier could not, and what was late was sent again */
  righted: 0,
  again: 0,
  /** how many emergencies people heard of that they were not out, and how many ends kept something from going out */
  warned: 0,
  ended: 0,
  meanwhile: 0,
  /** how often the store failed in a step, and how often something was missed while nobody was at work */
  failed: 0,
  missed: 0,
  /** how often something more was sent for a post, and how many posts with something to see went out */
  sent: 0,
  shown: 0,
});
export type Seen = ReturnType<typeof nothingSeen>;
