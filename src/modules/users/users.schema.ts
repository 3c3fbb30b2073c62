import { Schema, type Model } from 'mongoose';
import type { Database } from '../../platform/db.js';
import type { Role } from './users.rules.js';

/** Where something is sent; what an order takes as its shipping address. */
export type Address = {
  name: string;
  line1: string;
  line2?: string | undefined;
  city: string;
  state?: string | undefined;
  postalCode: string;
  country: string;
  phone?: string | undefined;
};

/** An account as it is stored. */
export type UserRow = {
  _id: string;
  name: string;
  email: string;
  phone: string | null;
  passwordHash: string;
  role: Role;
  blocked: boolean;
  /** Grows with every change that admins see. */
  version: number;
  /** Tokens of another version open nothing. */
  tokenVersion: number;
  revokedTokens: { id: string; expiresAt: Date }[];
  /** The one link that may set a new password, by the hash of its token. */
  passwordReset: { tokenHash: string; expiresAt: Date } | null;
  addresses: { id: string; address: Address }[];
  /** May name an address that is gone: then none is the default one. */
  defaultAddressId: string | null;
  /** Written by transactions that rely on this account being an admin, so that they collide with one that ends that. */
  vouched: number;
  words: string[];
  nameKey: string;
  createdAt: Date;
  updatedAt: Date;
  lastSignInAt: Date | null;
};

const text = { type: String, required: true } as const;
const textOrNone = { type: String, default: null } as const;

const addressSchema = new Schema<Address>(
  {
    name: text,
    line1: text,
    line2: String,
    city: text,
    state: String,
    postalCode: text,
    country: text,
    phone: String,
  },
  { _id: false, strict: 'throw' },
);

const userSchema = new Schema<UserRow>(
  {
    _id: text,
    name: text,
    email: text,
    phone: textOrNone,
    passwordHash: text,
    role: { type: String, enum: ['user', 'admin'] as const, required: true },
    blocked: { type: Boolean, default: false },
    version: { type: Number, default: 1 },
    tokenVersion: { type: Number, default: 0 },
    revokedTokens: {
      type: [{ _id: false, id: text, expiresAt: { type: Date, required: true } }],
      default: [],
    },
    passwordReset: {
      type: new Schema({ tokenHash: text, expiresAt: { type: Date, required: true } }, { _id: false }),
      default: null,
    },
    addresses: { type: [{ _id: false, id: text, address: addressSchema }], default: [] },
    defaultAddressId: textOrNone,
    vouched: { type: Number, default: 0 },
    words: { type: [String], required: true },
    nameKey: text,
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
    lastSignInAt: { type: Date, default: null },
  },
  { strict: 'throw', versionKey: false, collection: 'users' },
);
userSchema.index({ email: 1 }, { unique: true });
userSchema.index(
  { 'passwordReset.tokenHash': 1 },
  { partialFilterExpression: { 'passwordReset.tokenHash': { $gt: '' } } },
);
userSchema.index({ role: 1, words: 1 });
userSchema.index({ role: 1, createdAt: -1, _id: -1 });
userSchema.index({ role: 1, nameKey: 1, _id: 1 });
userSchema.index({ role: 1, email: 1 });
// Few are blocked among many who are not.
userSchema.index({ role: 1, blocked: 1, createdAt: -1, _id: -1 });

/** The collection of accounts, for the stores of this module. */
export function userModel(db: Database): Model<UserRow> {
  return db.connection.model<UserRow>('User', userSchema);
}
