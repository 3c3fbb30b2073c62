/*
 * What the console's page is told. Moments are ms since 1970: by Holdfast's clock, unless they are said to be real time.
 * Money is in words already.
 */

/** What can be done to an order. */
export type OrderAction = 'pay' | 'payHalf' | 'fail' | 'payLate' | 'overPay' | 'payUnheard' | 'payHeld';

/** What can be done to an event. */
export type EventAction = 'deliver' | 'deliverTwice';

/** For each action why it cannot be done now; null where it can. */
export type Cannot<Action extends string> = Record<Action, string | null>;

/** What was read last, if anything ever was; `problem`: why it could not be read just now. */
export type Section<T> = { data: T | null; problem: string | null };

/** A step of the clock, and what it makes happen. */
export type Leap = { minutes: number; label: string; effect: string };

export type ClockState = { now: number; aheadMs: number; leaps: Leap[] };

/** `on hand = available + carts + orders + inFlight`, and whether that is true. */
export type StockLine = {
  id: string;
  name: string;
  sku: string;
  onHand: number;
  available: number;
  carts: number;
  orders: number;
  /**
   * What is in the middle of something: units that an admin is taking away or that are not on sale yet, less sold ones whose
   * holds are not deleted yet.
   */
  inFlight: number;
  isTrue: boolean;
};

export type HoldLine = {
  id: string;
  product: string;
  units: number;
  who: string;
  /** When a cart's hold lapses. An order's lasts as long as the order. */
  until: number | null;
};

export type OrderLine = {
  id: string;
  version: number;
  number: string;
  customer: string;
  lines: string;
  status: string;
  paymentStatus: string;
  total: string;
  due: string;
  /** When it is given up unless it is paid. */
  until: number | null;
  cannot: Cannot<OrderAction>;
};

export type TimelineLine = { at: number; to: string; by: string; reason: string };

/** What Razorpay knows of a payment, and what Holdfast has recorded of it; null where it knows nothing. */
export type PaymentLine = {
  id: string;
  order: string;
  amount: string;
  method: string;
  atRazorpay: string | null;
  recorded: string | null;
  returned: string | null;
};

export type EventLine = {
  id: string;
  event: string;
  order: string;
  status: string;
  /** How each try was answered. */
  deliveries: string[];
  /** What Holdfast's inbox made of it; null where it has not (yet) arrived. */
  verdict: string | null;
  cannot: Cannot<EventAction>;
};

/** `cannotDeliverHeld`: why none that is held back can be delivered; null where some can. */
export type EventsState = { lines: EventLine[]; held: number; cannotDeliverHeld: string | null };

export type MailLine = {
  id: string;
  to: string;
  subject: string;
  /** When it was taken, by the shop's clock; null while it was not. */
  at: number | null;
  /** Why it is not sent; null once it is. */
  waits: string | null;
};

export type TroubleService = 'mongo' | 'redis' | 'razorpay' | 'ses';

export type TroubleLine = {
  service: TroubleService;
  name: string;
  modes: { mode: string; label: string }[];
  /** Why it cannot be made to fail; null where it can. */
  cannot: string | null;
  /** What is the matter with it; `until`: real time, null where it lasts until it is ended. */
  now: { label: string; until: number | null } | null;
};

export type JobLine = {
  name: string;
  everySeconds: number;
  lastAt: number | null;
  /** What the last run came to, in words. */
  outcome: string;
};

/** The newest products with all their holds; `more`: how many older ones are not shown. */
export type StockState = { lines: StockLine[]; holds: HoldLine[]; more: number };

export type State = {
  clock: ClockState;
  /** Real time of the server. */
  realNow: number;
  stock: Section<StockState>;
  orders: Section<OrderLine[]>;
  payments: Section<PaymentLine[]>;
  events: Section<EventsState>;
  /** Mails that have arrived at SES. */
  mails: Section<MailLine[]>;
  /** Mails that have not been sent. */
  outbox: Section<MailLine[]>;
  troubles: TroubleLine[];
  jobs: Section<JobLine[]>;
};

/** What an action came to, in words. */
export type Outcome = { message: string };
