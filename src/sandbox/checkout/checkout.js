/*
 * What https://checkout.razorpay.com/v1/checkout.js is to a page: it defines `window.Razorpay`, whose `open` lays a frame of
 * the sandbox over the page. What happens in the frame is told to the options and the listeners that the page gave.
 */
(() => {
  const script = document.currentScript;
  if (!(script instanceof HTMLScriptElement))
    throw new Error('checkout.js must be loaded by a script element');
  const origin = new URL(script.src).origin;

  /**
   * The options that the sandbox knows, a part of Razorpay's.
   * @typedef {object} Options
   * @property {string} key
   * @property {string} order_id
   * @property {number} [amount] minor units; where given, it must be what is due
   * @property {string} [name] the shop's
   * @property {string} [description]
   * @property {{ name?: string, email?: string, contact?: string }} [prefill]
   * @property {(response: Record<string, string>) => void} [handler]
   * @property {{ ondismiss?: () => void, escape?: boolean }} [modal]
   */

  /**
   * What the frame tells.
   * @typedef {{ event: 'paid', response: Record<string, string> } | { event: 'failed', error: object } | { event: 'dismissed' }} Message
   */

  const WHOLE = { width: '100%', height: '100%', border: '0', background: 'transparent' };
  const DIALOG_STYLE = {
    ...WHOLE,
    ...{
      position: 'fixed',
      inset: '0',
      maxWidth: 'none',
      maxHeight: 'none',
      padding: '0',
      overflow: 'hidden',
    },
  };
  // A frame of another colour scheme than its page is painted on white.
  const FRAME_STYLE = { ...WHOLE, display: 'block', colorScheme: 'light' };

  /** @param {Options} options */
  function frameOf({ key, order_id: orderId, amount, name = '', description = '', prefill = {}, modal }) {
    const query = new URLSearchParams({
      ...{ key, order_id: orderId, name, description, email: prefill.email ?? '' },
      ...(amount === undefined ? {} : { amount: String(amount) }),
      escape: String(modal?.escape ?? true),
      parent_origin: location.origin,
    });
    const frame = document.createElement('iframe');
    frame.title = 'Razorpay Checkout';
    frame.className = 'razorpay-checkout-frame';
    frame.src = `${origin}/v1/checkout/embedded?${query}`;
    Object.assign(frame.style, FRAME_STYLE);
    return frame;
  }

  class Razorpay {
    /** @type {Options} */
    #options;
    /** @type {HTMLIFrameElement | undefined} */
    #frame;
    /** @type {HTMLDialogElement | undefined} */
    #dialog;
    /** @type {Map<string, ((response: object) => void)[]>} */
    #listeners = new Map();
    #overflow = '';

    /** @param {Options} options */
    constructor(options) {
      if (!options.key) throw new Error('No key passed');
      this.#options = options;
    }

    /**
     * @param {string} event such as `payment.failed`
     * @param {(response: object) => void} listener
     */
    on(event, listener) {
      this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
      return this;
    }

    open() {
      if (this.#dialog !== undefined) return this;
      const frame = frameOf(this.#options);
      const dialog = document.createElement('dialog');
      dialog.ariaLabel = frame.title;
      Object.assign(dialog.style, DIALOG_STYLE);
      dialog.append(frame);
      dialog.addEventListener('cancel', (event) => {
        event.preventDefault();
        if (this.#options.modal?.escape !== false) this.close();
      });
      frame.addEventListener('load', () => frame.focus());
      this.#frame = frame;
      this.#dialog = dialog;
      this.#overflow = document.documentElement.style.overflow;
      document.documentElement.style.overflow = 'hidden';
      addEventListener('message', this.#hear);
      document.body.append(dialog);
      // Modal: until it is closed, keys reach nothing but the frame.
      dialog.showModal();
      return this;
    }

    close() {
      if (this.#dialog === undefined) return;
      this.#remove();
      this.#options.modal?.ondismiss?.();
    }

    #remove() {
      removeEventListener('message', this.#hear);
      document.documentElement.style.overflow = this.#overflow;
      // Closed before it goes, so that the focus returns to where it was.
      this.#dialog?.close();
      this.#dialog?.remove();
      this.#dialog = undefined;
      this.#frame = undefined;
    }

    /** Believes its own frame alone. @param {MessageEvent<Message>} event */
    #hear = ({ origin: sender, source, data }) => {
      if (sender !== origin || this.#frame === undefined || source !== this.#frame.contentWindow) return;
      switch (data.event) {
        case 'paid':
          this.#remove();
          this.#options.handler?.(data.response);
          return;
        case 'failed':
          // The frame stays, for another try.
          for (const listener of this.#listeners.get('payment.failed') ?? []) listener({ error: data.error });
          return;
        case 'dismissed':
          this.close();
          return;
      }
    };
  }

  Object.assign(globalThis, { Razorpay });
})();
