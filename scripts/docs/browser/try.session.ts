import { element, labelled, messageOf } from './dom.js';

export type Session = {
  view: HTMLElement;
  /** The token that is sent instead of the cookie; empty where the cookie counts. */
  bearer: () => string;
  /** How requests of the page are sent. */
  credentials: () => RequestCredentials;
  /** Asks the server who is signed in, and shows it. */
  look: () => Promise<void>;
  /** The same where somebody has signed in before in this browser: a browser calls the answer that nobody is an error. */
  lookAgain: () => Promise<void>;
  /** Shows what an operation that was answered well has changed about who is signed in. */
  noteDone: (operation: { id: string; tag: string }) => Promise<void>;
  /** Calls back when the token was changed. */
  onChange: (listener: () => void) => void;
};

type Profile = { name: string; email: string; role: string };

/** Remembers that somebody was signed in here, and not who. */
const SIGNED_IN = 'holdfast-docs-signed-in';

/** The line that says who is signed in, with what it takes to change that. The token is kept in this page alone. */
export function createSession(): Session {
  const who = element('p', { class: 'who', role: 'status' }, 'Nobody has signed in here.');
  const email = element('input', {
    id: 'sign-in-email',
    type: 'email',
    autocomplete: 'username',
    required: true,
  });
  const password = element('input', {
    id: 'sign-in-password',
    type: 'password',
    autocomplete: 'current-password',
    required: true,
  });
  const token = element('input', {
    id: 'bearer',
    type: 'text',
    autocomplete: 'off',
    spellcheck: 'false',
    placeholder: 'eyJ…',
  });
  const problem = element('p', { class: 'problem', role: 'alert' });
  const form = element(
    'form',
    { class: 'sign-in' },
    labelled('E-mail', email),
    labelled('Password', password),
    element('button', { type: 'submit', class: 'main' }, 'Sign in'),
    problem,
  );
  const signOut = element('button', { type: 'button' }, 'Sign out');
  signOut.hidden = true;
  const askWho = element('button', { type: 'button' }, 'Who is signed in?');
  const details = element(
    'details',
    { class: 'session-more' },
    element('summary', {}, 'Sign in, or use a token'),
    form,
    labelled('Bearer token', token, 'Sent instead of the cookie. It is not kept when you leave this page.'),
  );
  const view = element(
    'section',
    { class: 'session', 'aria-label': 'Who is signed in' },
    who,
    askWho,
    signOut,
    details,
  );

  const bearer = (): string => token.value.trim();
  const credentials = (): RequestCredentials => (bearer() === '' ? 'same-origin' : 'omit');
  const ask = (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    if (bearer() !== '') headers.set('Authorization', `Bearer ${bearer()}`);
    return fetch(path, { ...init, headers, credentials: credentials() });
  };

  const look = async (): Promise<void> => {
    const answer = await ask('/v1/users/me');
    // Read also where it is an error: an answer that nobody reads keeps its connection.
    const told: unknown = await answer.json();
    show(answer.ok ? (told as Profile) : undefined, answer.status);
  };
  const show = (profile: Profile | undefined, status = 401): void => {
    const by = bearer() === '' ? '' : ', by the token';
    who.textContent =
      profile === undefined
        ? `Nobody is signed in${status === 401 ? '' : ` (the server said ${status})`}.`
        : `Signed in as ${profile.name} (${profile.email}, ${profile.role})${by}.`;
    signOut.hidden = profile === undefined;
    askWho.hidden = profile !== undefined;
    remember(profile !== undefined);
  };
  const watched = (work: Promise<void>): void => {
    work.catch((error: unknown) => {
      who.textContent = `The server did not answer: ${messageOf(error)}`;
    });
  };

  const signIn = async (): Promise<void> => {
    problem.textContent = '';
    const body = JSON.stringify({ email: email.value, password: password.value });
    const headers = { 'Content-Type': 'application/json' };
    const answer = await fetch('/v1/auth/login', {
      method: 'POST',
      headers,
      body,
      credentials: 'same-origin',
    });
    if (!answer.ok) {
      const { message } = (await answer.json()) as { message: string };
      problem.textContent = message;
      return;
    }
    password.value = '';
    details.open = false;
    await look();
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    watched(signIn());
  });
  const noteDone: Session['noteDone'] = async ({ id, tag }) => {
    if (id === 'logout') show(undefined);
    else if (tag === 'users' || id === 'register' || id === 'login') await look();
  };
  signOut.addEventListener('click', () =>
    watched(
      ask('/v1/auth/logout', { method: 'POST' }).then((answer) => (answer.ok ? show(undefined) : look())),
    ),
  );
  askWho.addEventListener('click', () => watched(look()));
  token.addEventListener('change', () => watched(look()));

  return {
    view,
    bearer,
    credentials,
    look,
    lookAgain: async () => (remembers() ? look() : undefined),
    noteDone,
    onChange: (listener) => token.addEventListener('input', listener),
  };
}

/** Without a store, as in a window that keeps nothing, nothing is remembered. */
function remember(isSignedIn: boolean): void {
  try {
    if (isSignedIn) localStorage.setItem(SIGNED_IN, 'yes');
    else localStorage.removeItem(SIGNED_IN);
  } catch {
    return;
  }
}

function remembers(): boolean {
  try {
    return localStorage.getItem(SIGNED_IN) !== null;
  } catch {
    return false;
  }
}
