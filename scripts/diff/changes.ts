/** Who sees a part of the contract: it is `sent` by clients, or `given` by the server. */
export type Direction = 'sent' | 'given';

/** One difference between two contracts. */
export type Change = {
  /** Whether a client that keeps to the old contract may fail with the new one. */
  breaking: boolean;
  /** The rule by which it was found, such as `field-removed`. */
  rule: string;
  /** The operation or the named schema, and the place in it. */
  where: string;
  /** What is different, in words. */
  what: string;
};

/** Takes a change down. */
export type Note = (change: Change) => void;
