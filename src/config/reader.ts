/** What the environment gives: names to texts. An empty text counts as not set, as hosting panels leave it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** One setting that is wrong. No part of it ever holds a value that was given: it could be a secret in the wrong place. */
export interface ConfigFault {
  readonly variable: string;
  /** what is wrong, to follow the variable's name: `is not a port number` */
  readonly problem: string;
  /** what would be right, to follow "Give": `a whole number from 0 to 65535` */
  readonly allowed: string;
}

/** One setting that works, but that somebody ought to know of. */
export interface ConfigWarning {
  readonly variable: string;
  readonly problem: string;
}

/** Names of this machine that nobody else reaches. */
export const loopbackHosts = ['127.0.0.1', '::1', 'localhost'];
/** The address that a text is, if it is one. */
export const addressOf = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);

/** Whether an address is of this machine alone. */
export const isLoopback = (address: URL): boolean =>
  loopbackHosts.includes(address.hostname.replace(/^\[|\]$/g, ''));

/** Secure, or never leaving the machine; without a name and password in it, which would end up in logs. */
export const isSafeAddress = (address: URL): boolean =>
  (address.protocol === 'https:' || (address.protocol === 'http:' && isLoopback(address))) &&
  address.username === '' &&
  address.password === '';

/** Reads one variable after another and keeps every fault, so that all of them are told at once. */
export class Reader {
  readonly #env: Environment;
  readonly faults: ConfigFault[] = [];

  constructor(env: Environment) {
    this.#env = env;
  }

  fault(variable: string, problem: string, allowed: string): undefined {
    this.faults.push({ variable, problem, allowed });
    return undefined;
  }

  /** The text without the blanks around it (a pasted line often ends in one); nothing when there is none. */
  text(variable: string): string | undefined {
    const text = this.#env[variable]?.trim();
    return text === '' ? undefined : text;
  }

  required(variable: string, problem: string, allowed: string): string | undefined {
    return this.text(variable) ?? this.fault(variable, problem, allowed);
  }

  matching(
    variable: string,
    text: string | undefined,
    form: RegExp,
    problem: string,
    allowed: string,
  ): string | undefined {
    return text === undefined || form.test(text) ? text : this.fault(variable, problem, allowed);
  }

  port(variable: string, otherwise: number): number {
    const text = this.text(variable);
    if (text === undefined) return otherwise;
    if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
    this.fault(variable, 'is not a port number', 'a whole number from 0 to 65535; 0 takes any free one');
    return otherwise;
  }

  oneOf<const T extends string>(variable: string, allowed: readonly T[], otherwise: NoInfer<T>): T {
    const text = this.text(variable);
    if (text === undefined) return otherwise;
    const found = allowed.find((one) => one === text);
    if (found !== undefined) return found;
    this.fault(variable, 'is none of the words it may be', `one of: ${allowed.join(', ')}`);
    return otherwise;
  }

  address(variable: string): string | undefined {
    const text = this.text(variable);
    if (text === undefined) return undefined;
    const address = addressOf(text);
    return address !== undefined && isSafeAddress(address)
      ? text
      : this.fault(
          variable,
          'is not an address that may be used',
          'a full address that begins with https:// (http:// on this machine only), with no name or password in it',
        );
  }
}
