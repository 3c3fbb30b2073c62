/** An amount in minor units (paise, cents) of a currency. Always an integer. */
export type Money = { amount: number; currency: string };

/** The sum of integer amounts; throws RangeError rather than lose precision. */
export function sum(amounts: readonly number[]): number {
  const total = amounts.reduce((a, b) => a + b, 0);
  if (!Number.isSafeInteger(total)) throw new RangeError('a sum of money is beyond exact integers');
  return total;
}

/** `unit` minor units, `quantity` times; throws RangeError rather than lose precision. */
export function times(unit: number, quantity: number): number {
  const total = unit * quantity;
  if (!Number.isSafeInteger(total)) throw new RangeError('a product of money is beyond exact integers');
  return total;
}

/** How people read it: `₹1,299.00`. The number of decimals is the currency's own. */
export function formatMoney({ amount, currency }: Money, locale = 'en-IN'): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
  const decimals = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(amount / 10 ** decimals);
}
