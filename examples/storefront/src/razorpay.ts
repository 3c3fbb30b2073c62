/** Put in by the build: https://checkout.razorpay.com/v1/checkout.js, or the sandbox's stand-in of it. */
declare const CHECKOUT_URL: string;

/** What Checkout hands to the page after a payment. Proof only once the server has checked the signature. */
export type CheckoutResponse = {
  razorpay_payment_id: string;
  razorpay_order_id: string;
  razorpay_signature: string;
};

export type CheckoutOptions = {
  key: string;
  order_id: string;
  amount: number;
  currency: string;
  name: string;
  description: string;
  prefill: { name: string; email: string };
  handler: (response: CheckoutResponse) => void;
  modal: { ondismiss: () => void };
};

type PaymentFailed = { error: { code: string; description: string } };

type Checkout = {
  open(): void;
  on(event: 'payment.failed', listener: (response: PaymentFailed) => void): void;
};

declare global {
  interface Window {
    Razorpay?: new (options: CheckoutOptions) => Checkout;
  }
}

/**
 * Opens Razorpay's Checkout over the page and waits until the customer has paid or has closed it (undefined). A payment that
 * the bank refuses is told to `failed`; Checkout stays open then, for another try.
 */
export async function openCheckout(
  options: Omit<CheckoutOptions, 'handler' | 'modal'>,
  failed: (description: string) => void,
): Promise<CheckoutResponse | undefined> {
  const Razorpay = await loadRazorpay();
  return new Promise((resolve) => {
    const checkout = new Razorpay({
      ...options,
      handler: resolve,
      modal: { ondismiss: () => resolve(undefined) },
    });
    checkout.on('payment.failed', ({ error }) => failed(error.description));
    checkout.open();
  });
}

/** The script is loaded when somebody pays, not before; one that did not load is asked for again the next time. */
async function loadRazorpay(): Promise<NonNullable<Window['Razorpay']>> {
  if (window.Razorpay === undefined) {
    const script = document.createElement('script');
    script.src = CHECKOUT_URL;
    const loaded = new Promise<boolean>((resolve) => {
      script.addEventListener('load', () => resolve(true));
      script.addEventListener('error', () => resolve(false));
    });
    document.head.append(script);
    if (!(await loaded)) script.remove();
  }
  if (window.Razorpay === undefined) throw new Error('The payment page cannot be reached. Please try again.');
  return window.Razorpay;
}
