import { addressOf } from '../addresses.js';
import type { Contract, Operation } from '../contract.js';
import { curlOf } from '../curl.js';
import { trialCommand, trialFields, unsendableOf, type Filled, type TrialField } from '../trial.js';
import { element } from './dom.js';
import { createBodyInput, createInput } from './try.inputs.js';
import { sendTrial } from './try.send.js';
import type { Session } from './try.session.js';

const TITLES: Record<TrialField['place'], string> = {
  path: 'In the path',
  query: 'In the query',
  header: 'Headers',
  form: 'Form',
};

/** The form of one operation, with the answer below it once there is one. */
export function createTrial(
  { document: contract }: Contract,
  operation: Operation,
  session: Session,
): HTMLElement {
  const fields = trialFields(contract, operation);
  const inputs = new Map(fields.map((field) => [field, createInput(field)]));
  const body = operation.body?.type === 'application/json' ? createBodyInput(operation.body) : undefined;
  const command = element('code');
  const answer = element('section', { class: 'answer-view', 'aria-label': 'Answer' });
  const send = element('button', { type: 'submit', class: 'main' }, 'Send');

  const filled = (): Filled => ({
    texts: new Map(
      [...inputs].flatMap(([field, { text }]) => (field.isFile ? [] : [[field, text()] as const])),
    ),
    files: new Map(
      [...inputs].flatMap(([field, { file }]) => {
        const chosen = file();
        return chosen === undefined ? [] : [[field, chosen] as const];
      }),
    ),
    body: body?.text(),
  });
  const showCommand = (): void => {
    const { bearer } = session;
    const now = filled();
    command.textContent =
      unsendableOf(now)?.words ??
      curlOf(trialCommand(operation, now, { origin: location.origin, bearer: bearer() }));
  };
  const groups = Object.entries(TITLES).map(([place, title]) => {
    const members = fields.filter((field) => field.place === place);
    if (members.length === 0) return undefined;
    const views = members.map((field) => inputs.get(field)?.view);
    return element('fieldset', {}, element('legend', {}, title), ...views);
  });

  const form = element(
    'form',
    { class: 'trial-form', novalidate: true },
    ...groups,
    body?.view,
    element('p', { class: 'actions' }, send, element('span', { class: 'hint' }, 'or Ctrl + Enter')),
    element(
      'details',
      { class: 'command' },
      element('summary', {}, 'The same as a command'),
      element('figure', { class: 'code' }, element('pre', {}, command)),
    ),
  );
  const submit = async (): Promise<void> => {
    // Not `disabled`: whoever pressed it by key would lose their place on the page.
    if (send.ariaDisabled === 'true') return;
    send.ariaDisabled = 'true';
    answer.replaceChildren(element('p', { role: 'status' }, 'Waiting for the answer…'));
    try {
      const { view, problems, isDone } = await sendTrial(operation, filled(), session);
      for (const [{ place, name }, input] of inputs)
        input.complain(problems.get(`/${placeInErrors(place)}/${name.toLowerCase()}`));
      answer.replaceChildren(view);
      if (isDone) await session.noteDone(operation);
    } finally {
      send.ariaDisabled = null;
    }
  };
  form.addEventListener('input', showCommand);
  form.addEventListener('change', showCommand);
  // Changed by a button of the form, not by a key.
  form.addEventListener('click', showCommand);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void submit();
  });
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  session.onChange(showCommand);
  showCommand();
  return element('div', {}, heading(operation), form, answer);
}

function heading({ id, tag, method, path, summary }: Operation): HTMLElement {
  return element(
    'header',
    {},
    element('h2', {}, summary),
    element(
      'p',
      { class: 'route' },
      element('span', { class: `method ${method}` }, method.toUpperCase()),
      element('code', {}, path),
    ),
    element('p', {}, element('a', { href: addressOf.operation({ tag, id }) }, `Read about ${id}`)),
  );
}

/** How the server's errors name the places of a request. */
function placeInErrors(place: TrialField['place']): string {
  return { path: 'path', query: 'query', header: 'headers', form: 'body' }[place];
}
