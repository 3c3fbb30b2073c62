import type { RazorpaySandbox } from '../razorpay.js';
import type { Delivery } from '../razorpay.webhooks.js';
import { Refusal } from '../refusal.js';
import type { Parts } from './parts.js';
import { quiet } from './quiet.js';
import { eventReasons, heldReason } from './reasons.rules.js';
import type { EventAction } from './console.types.js';

type Control = RazorpaySandbox['control'];

/** What can be done with events at Razorpay. Each throws a `Refusal` (409) with the reason where it cannot. */
export function createEventActions(parts: Pick<Parts, 'holdfast' | 'sandbox'>) {
  const razorpay = (): Control => {
    const control = parts.sandbox.running.razorpay?.control;
    if (control !== undefined) return control;
    throw new Refusal('Razorpay is not the sandbox’s here, so its events are not ours to deliver.', {
      status: 409,
    });
  };

  const heldIds = async (control: Control): Promise<string[]> => {
    const held = (await control.events()).filter(({ status }) => status === 'held').map(({ id }) => id);
    const reason = heldReason(held.length);
    if (reason !== null) throw new Refusal(reason, { status: 409 });
    return held;
  };

  return {
    async one(action: EventAction, eventId: string): Promise<string> {
      const control = razorpay();
      const event = (await control.events()).find(({ id }) => id === eventId);
      if (event === undefined) throw new Refusal('There is no such event.', { status: 404 });
      const reason = eventReasons(event.status)[action];
      if (reason !== null) throw new Refusal(`${event.event}: ${reason}`, { status: 409 });
      const deliveries =
        action === 'deliver'
          ? await control.deliverHeld({ eventIds: [eventId] })
          : await control.redeliver({ eventId, times: 2, concurrently: true });
      await quiet(parts);
      return `${event.event} was delivered ${action === 'deliver' ? 'once' : 'twice at the same time'}: ${answers(deliveries)}.`;
    },

    /** All that are held, one after the other; `backwards`: the newest first. */
    async held(backwards: boolean): Promise<string> {
      const control = razorpay();
      const ids = await heldIds(control);
      const deliveries = await control.deliverHeld({ eventIds: backwards ? ids.toReversed() : ids });
      await quiet(parts);
      const way = backwards ? 'the newest first' : 'in their order';
      return `${deliveries.length} held events were delivered, ${way}: ${answers(deliveries)}.`;
    },
  };
}

function answers(deliveries: readonly Delivery[]): string {
  return deliveries.map(({ status, error }) => String(status ?? error ?? 'no answer')).join(', ');
}
