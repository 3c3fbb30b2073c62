import { createHmac, timingSafeEqual } from 'node:crypto';

const HEX_SHA256 = /^[0-9a-f]{64}$/i;

/** Whether `signature` is the hex HMAC-SHA256 of `content` under one of the secrets. Takes the same time whichever fails. */
export function isSignedBy(content: string | Buffer, signature: string, secrets: readonly string[]): boolean {
  if (!HEX_SHA256.test(signature)) return false;
  const given = Buffer.from(signature, 'hex');
  const matches = secrets.map((secret) =>
    timingSafeEqual(given, createHmac('sha256', secret).update(content).digest()),
  );
  return matches.includes(true);
}

/** What Razorpay's checkout signs (with the key secret): our record's order id and the payment id. */
export function checkoutContent(gatewayOrderId: string, gatewayPaymentId: string): string {
  return `${gatewayOrderId}|${gatewayPaymentId}`;
}
