import { z } from 'zod';

/**
 * A payment as Razorpay knows it: a snapshot, possibly of the past. Amounts in minor units. `returned`: it was never
 * captured and went back by itself, which Razorpay calls refunded too.
 */
export type GatewayPayment = {
  id: string;
  gatewayOrderId: string | null;
  amount: number;
  currency: string;
  status: 'created' | 'authorized' | 'returned' | 'captured' | 'refunded' | 'failed';
  method: string | null;
  amountRefunded: number;
  errorDescription: string | null;
};

export type GatewayRefund = {
  id: string;
  gatewayPaymentId: string;
  amount: number;
  status: 'pending' | 'processed' | 'failed';
  receipt: string | null;
};

/** Answers are checked, not believed: what we act on must be there and have its type. Further fields are ignored. */
export const paymentSchema = z
  .object({
    id: z.string(),
    order_id: z.string().nullish(),
    amount: z.coerce.number().int(),
    currency: z.string(),
    status: z.enum(['created', 'authorized', 'captured', 'refunded', 'failed']),
    captured: z.boolean().nullish(),
    method: z.string().nullish(),
    amount_refunded: z.coerce.number().int().nullish(),
    error_description: z.string().nullish(),
  })
  .transform((raw): GatewayPayment => ({
    id: raw.id,
    gatewayOrderId: raw.order_id ?? null,
    amount: raw.amount,
    currency: raw.currency,
    status: raw.status === 'refunded' && raw.captured === false ? 'returned' : raw.status,
    method: raw.method ?? null,
    amountRefunded: raw.amount_refunded ?? 0,
    errorDescription: raw.error_description ?? null,
  }));
export const refundSchema = z
  .object({
    id: z.string(),
    payment_id: z.string(),
    amount: z.coerce.number().int(),
    status: z.enum(['pending', 'processed', 'failed']),
    receipt: z.string().nullish(),
  })
  .transform((raw): GatewayRefund => ({
    id: raw.id,
    gatewayPaymentId: raw.payment_id,
    amount: raw.amount,
    status: raw.status,
    receipt: raw.receipt ?? null,
  }));
export const orderSchema = z.object({ id: z.string(), receipt: z.string().nullish() });
export const listOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) });

/** Reads a payment or refund out of a webhook's payload; undefined where there is none that can be understood. */
export const parsePayment = (raw: unknown): GatewayPayment | undefined => paymentSchema.safeParse(raw).data;
export const parseRefund = (raw: unknown): GatewayRefund | undefined => refundSchema.safeParse(raw).data;
