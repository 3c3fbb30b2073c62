import { describe, expect, it } from '@jest/globals';
import { codeOf } from '../../support/bodies.js';
import { contactOf, submitted } from '../../support/contacts.js';
import { anAdmin, type Person } from '../../support/people.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();
const [first, second] = [await anAdmin(app), await anAdmin(app)];

const mark = ({ agent }: Person, id: string, version: number, handled: boolean) =>
  agent.patch(`/v1/admin/contacts/${id}`).send({ version, handled });

describe('200', () => {
  it('K3: says that it is handled, by whom and when; and takes that back', async () => {
    const id = await submitted(app);
    const answer = await mark(first, id, 1, true).expect(200);
    expect(answer.body).toMatchObject({ handled: true, handledBy: first.id, version: 2 });
    expect(answer.body).toMatchObject({ handledAt: expect.stringMatching(/Z$/) });
    await mark(second, id, 2, false).expect(200);
    expect(await contactOf(first.agent, id)).toMatchObject({
      handled: false,
      handledBy: null,
      handledAt: null,
      version: 3,
    });
  });

  it('K3: who handles what is handled already changes nothing', async () => {
    const id = await submitted(app);
    const handled = await mark(first, id, 1, true).expect(200);
    expect((await mark(second, id, 2, true).expect(200)).body).toEqual(handled.body);
  });
});

describe('404', () => {
  it('K3: there is no such message', async () => {
    await mark(first, 'nothing', 1, true).expect(404);
  });
});

describe('409', () => {
  it('K3: a version that is not the present one changes nothing', async () => {
    const id = await submitted(app);
    await mark(first, id, 1, true).expect(200);
    expect(codeOf(await mark(second, id, 1, false).expect(409))).toBe('version_conflict');
    expect(await contactOf(first.agent, id)).toMatchObject({ handled: true, handledBy: first.id });
  });

  it('K3: of five who handle it at once, one is named', async () => {
    const id = await submitted(app);
    const answers = await Promise.all(
      [first, second, first, second, first].map((admin) => mark(admin, id, 1, true)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter((answer) => codeOf(answer) === 'version_conflict')).toHaveLength(4);
  });
});
