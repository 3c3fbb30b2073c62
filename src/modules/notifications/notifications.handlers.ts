import type { HandlersFor } from '../../platform/http/operation.js';
import { instantOf } from '../../platform/instant.js';
import { pageWindow, pagination } from '../../platform/page.js';
import type { Mails } from './mails.service.js';
import { toMailBody, toMailDetail } from './notifications.view.js';

export const notificationHandlers = (mails: Mails): HandlersFor<'notifications'> => ({
  async listMails({ query }) {
    const window = pageWindow(query);
    const { q: text, state, retrying, kind, sort } = query;
    const [from, to] = [instantOf(query.from, '/query/from'), instantOf(query.to, '/query/to')];
    const { rows, total } = await mails.list({ text, state, retrying, kind, from, to, sort }, window);
    return { status: 200, body: { data: rows.map(toMailBody), pagination: pagination(window, total) } };
  },

  async getMail({ path }) {
    const { mail, preview } = await mails.get(path.mailId);
    return { status: 200, body: toMailDetail(mail, preview) };
  },

  async retryMail({ path }) {
    return { status: 200, body: toMailBody(await mails.retry(path.mailId)) };
  },
});
