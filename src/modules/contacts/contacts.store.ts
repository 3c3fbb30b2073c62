import { Schema } from 'mongoose';
import { countRows, type Database, type Session } from '../../platform/db.js';
import type { PageWindow } from '../../platform/page.js';
import { prefixFilter } from '../../platform/search.js';
import { createTotals } from '../../platform/totals.js';
import { wordsOf, type Message } from './contacts.rules.js';

/** A message to the shop, and whether somebody has seen to it. */
export type Contact = Message & {
  id: string;
  handled: boolean;
  handledAt: Date | null;
  /** The admin who handled it. */
  handledBy: string | null;
  /** Grows with every change. */
  version: number;
  createdAt: Date;
};

export type ContactSort = 'newest' | 'oldest';

/** Which messages a list shows. All that is given must hold. */
export type ContactFilter = { q?: string | undefined; handled?: boolean | undefined };

/** By whom and when a message was handled; null: by nobody. */
export type Handling = { by: string; at: Date } | null;

export type ContactStore = {
  insert(contact: Contact, session: Session): Promise<void>;
  find(contactId: string): Promise<Contact | undefined>;
  list(query: {
    filter: ContactFilter;
    sort: ContactSort;
    window: PageWindow;
  }): Promise<{ rows: Contact[]; total: number }>;
  /** Only where the message still has the version of the one given; undefined elsewhere. */
  setHandled(contact: Contact, handling: Handling): Promise<Contact | undefined>;
  /** False where there is none. */
  remove(contactId: string): Promise<boolean>;
};

type ContactRow = Omit<Contact, 'id'> & { _id: string; words: string[] };

const text = { type: String, required: true } as const;

const contactSchema = new Schema<ContactRow>(
  {
    _id: text,
    name: text,
    email: text,
    phone: { type: String, default: null },
    message: text,
    handled: { type: Boolean, required: true },
    handledAt: { type: Date, default: null },
    handledBy: { type: String, default: null },
    version: { type: Number, required: true },
    words: { type: [String], required: true },
    createdAt: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false, collection: 'contacts' },
);
contactSchema.index({ handled: 1, words: 1 });
contactSchema.index({ handled: 1, createdAt: -1, _id: -1 });

const SORTS: Record<ContactSort, Record<string, 1 | -1>> = {
  newest: { createdAt: -1, _id: -1 },
  oldest: { createdAt: 1, _id: 1 },
};
const UNSHOWN = { words: 0 } as const;

export function createContactStore(db: Database): ContactStore {
  const Contacts = db.connection.model<ContactRow>('Contact', contactSchema);
  const totals = createTotals();

  return {
    async insert({ id, ...fields }, session) {
      await Contacts.insertMany([{ ...fields, _id: id, words: wordsOf(fields) }], { session });
    },

    async find(contactId) {
      const row = await Contacts.findById(contactId, UNSHOWN).lean();
      return row === null ? undefined : toContact(row);
    },

    async list({ filter, sort, window }) {
      const where = conditions(filter);
      const { rows, total } = await totals.page({
        filter: where,
        window,
        rows: () =>
          Contacts.find(where, UNSHOWN).sort(SORTS[sort]).skip(window.skip).limit(window.limit).lean(),
        count: (atMost) => countRows(Contacts, where, atMost),
      });
      return { rows: rows.map(toContact), total };
    },

    async setHandled(contact, handling) {
      const row = await Contacts.findOneAndUpdate(
        { _id: contact.id, version: contact.version },
        {
          $set: {
            handled: handling !== null,
            handledAt: handling?.at ?? null,
            handledBy: handling?.by ?? null,
          },
          $inc: { version: 1 },
        },
        { returnDocument: 'after', projection: UNSHOWN },
      ).lean();
      return row === null ? undefined : toContact(row);
    },

    async remove(contactId) {
      return (await Contacts.deleteOne({ _id: contactId })).deletedCount > 0;
    },
  };
}

/** `handled` always stands in the filter, with both values where both are wanted: every index of the list begins with it. */
function conditions({ q, handled }: ContactFilter) {
  return {
    handled: handled ?? { $in: [false, true] },
    ...(q !== undefined && prefixFilter(q)),
  };
}

function toContact({ _id, ...row }: Omit<ContactRow, 'words'>): Contact {
  return { id: _id, ...row };
}
