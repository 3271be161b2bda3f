/** A call that Crier makes on a network. */
export interface Call {
  readonly does: 'post' | 'edit' | 'remove';
  readonly account: string;
  /** what is posted or is to stand from then on, or the words that come down */
  readonly text: string;
}

/** Names a call among all others: words stand on an account once. */
export const nameOf = ({ does, account, text }: Call): string => `${does} on ${account}: ${text}`;
