import { readContract, type Contract, type Operation } from '../contract.js';
import { objectAt } from '../../generate/json.js';
import { createChooser } from './try.chooser.js';
import { element, messageOf } from './dom.js';
import { createTrial } from './try.form.js';
import { createSession } from './try.session.js';

/*
 * The page on which every operation can be sent to the server that the page came from. Its form is made from the contract that
 * the server itself publishes.
 */

const FIRST = 'listProducts';

async function start(place: HTMLElement): Promise<void> {
  const contract = await loadContract();
  const session = createSession();
  const trial = element('div', { class: 'trial' });
  const chooser = createChooser(contract);
  place.replaceChildren(session.view, element('div', { class: 'bench' }, chooser.view, trial));

  const show = (): void => {
    const operation = operationAt(contract);
    if (operation === undefined) return;
    chooser.mark(operation);
    trial.replaceChildren(createTrial(contract, operation, session));
    document.title = `Try ${operation.id} · ${contract.title}`;
  };
  addEventListener('hashchange', show);
  show();
  await session.lookAgain();
}

async function loadContract(): Promise<Contract> {
  const answer = await fetch('/openapi.json');
  if (!answer.ok) throw new Error(`the contract was answered with ${answer.status}`);
  return readContract(objectAt(await answer.json(), 'the contract'));
}

function operationAt({ operations }: Contract): Operation | undefined {
  const wanted = location.hash.slice(1) || FIRST;
  return operations.find(({ id }) => id === wanted) ?? operations[0];
}

const place = document.querySelector<HTMLElement>('#try');
if (place !== null) {
  place.append(element('p', {}, 'Reading the contract…'));
  start(place).catch((error: unknown) => {
    const why = messageOf(error);
    place.replaceChildren(
      element('p', { class: 'notice', role: 'alert' }, `The form could not be made: ${why}`),
    );
  });
}
