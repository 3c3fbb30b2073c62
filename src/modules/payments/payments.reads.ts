import { notFound } from '../../platform/errors.js';
import { returnedOf } from './payments.rules.js';
import type { Payment } from './payments.schema.js';
import type { PaymentQuery, PaymentStore } from './payments.store.js';

/** A payment with what of it has gone back, minor units. */
export type ShownPayment = Payment & { returned: number };

/** Reading payments. */
export type PaymentReads = ReturnType<typeof createPaymentReads>;

export function createPaymentReads({ payments, refunds }: Pick<PaymentStore, 'payments' | 'refunds'>) {
  const withReturns = async (rows: readonly Payment[]): Promise<ShownPayment[]> => {
    const returns = rows.length === 0 ? [] : await refunds.ofPayments(rows.map(({ id }) => id));
    return rows.map((payment) => ({ ...payment, returned: returnedOf(payment, returns) }));
  };

  return {
    async list(query: PaymentQuery): Promise<{ rows: ShownPayment[]; total: number }> {
      const { rows, total } = await payments.list(query);
      return { rows: await withReturns(rows), total };
    },

    /** A customer reads payments of their own orders, an admin all. Throws not_found otherwise. */
    async get(paymentId: string, reader: { userId: string; role: 'user' | 'admin' }): Promise<ShownPayment> {
      const payment = await payments.find(paymentId);
      const mayRead = payment !== undefined && (reader.role === 'admin' || payment.userId === reader.userId);
      if (!mayRead) throw notFound('The payment');
      return { ...payment, returned: returnedOf(payment, await refunds.ofPayments([payment.id])) };
    },
  };
}
