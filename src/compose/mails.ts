import { randomInt } from 'node:crypto';
import type { ResetLinks } from '../modules/auth/auth.links.js';
import { createAdminNotices, type AdminNotices } from '../modules/notifications/admin.notices.js';
import { createMails } from '../modules/notifications/mails.service.js';
import { createMailDesk } from '../modules/notifications/mails.store.js';
import { createNotifications } from '../modules/notifications/notifications.service.js';
import { createMailStore } from '../modules/notifications/notifications.store.js';
import { createMailer } from '../platform/mail.js';
import type { Ground } from './ground.js';

export type MailParts = ReturnType<typeof composeMails>;

export function composeMails({ config, log, db, clock }: Ground, links: Pick<ResetLinks, 'linkOf'>) {
  const shop = { name: config.shop.name };
  const mailer = createMailer({
    ses: config.ses,
    endpoint: config.connections.sesEndpoint,
    from: { name: shop.name, address: config.shop.mailFrom },
  });
  const notifications = createNotifications({
    mails: createMailStore(db, (mail, session) => notices.mailDied(mail, session)),
    mailer,
    shop,
    resetLink: links.linkOf,
    clock,
    log,
    random: () => randomInt(1_000_000) / 1_000_000,
  });
  const { outbox } = notifications;
  const notices: AdminNotices = createAdminNotices({ outbox, to: config.shop.adminEmail, clock });
  const desk = createMailDesk(db);
  return {
    mailer,
    notifications,
    outbox,
    notices,
    desk,
    mails: createMails({ desk, shop, clock, wake: outbox.wake, log }),
  };
}
