// The window as it is used: what is clicked and typed, what is asked for over the IPC, where the focus is.

import { describe, expect, test } from 'vitest';

import type { Problem } from '../../src/generated/Problem';
import type { Remedy } from '../../src/generated/Remedy';
import type { View } from '../../src/generated/View';
import { nobody } from './first-run-views';
import { playing } from './playing';
import { focusedIn } from './settled';
import type { Options, Scene, Stage } from './stage';
import { active, at, eligible, ROLES, SCENES, view } from './views';

let stage: Stage;
let scene: Scene;

playing(
  (opened) => (stage = opened),
  () => scene,
);

const play = async (shown: View, options: Options = {}) => (scene = await stage.play(shown, options)).page;
const focused = () => focusedIn(scene.page);
const emit = (shown: View) => scene.page.evaluate((next) => window.__emit(next), shown);
const id = (name: string) => eligible(name).id;
const idle = view({ status: 'idle' });

describe('the list', () => {
  test('the filter has the focus and typing filters at once', async () => {
    const page = await play(idle);
    expect(await focused()).toBe('filter');
    await page.keyboard.type('administrator auth');
    expect(await page.locator('[data-row]').count()).toBe(1);
    await page.keyboard.press('Escape');
    expect(await page.locator('[data-row]').count()).toBe(ROLES.length);
    expect(scene.other).not.toContain('hide');
    await page.keyboard.press('Escape');
    await expect.poll(() => scene.other).toContain('hide');
  });

  test('a recent role by two keys once the window is open', async () => {
    const page = await play(idle);
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toBe(`activate-${id('Global Reader')}`);
    await page.keyboard.press('Enter');
    await expect
      .poll(() => scene.calls)
      .toEqual([
        {
          kind: 'activate',
          id: id('Global Reader'),
          minutes: 240,
          reason: 'Daily checks',
          ticket: null,
          undoable: true,
        },
      ]);
  });

  test('typing on a row goes on in the filter; Enter there acts on the first match', async () => {
    const page = await play(idle);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.type('help');
    expect(await focused()).toBe('filter');
    expect(await page.getByTestId('filter').inputValue()).toBe('help');
    await page.keyboard.press('Enter');
    await expect.poll(() => scene.calls.map((call) => call.kind)).toEqual(['activate']);
  });

  test('arrows, Home, End, and the box and the star beside the verb', async () => {
    const page = await play(idle);
    await page.keyboard.press('End');
    expect(await focused()).toBe(`activate-${id('User Administrator')}`);
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowLeft');
    expect(await focused()).toBe(`select-${id('Global Reader')}`);
    await page.keyboard.press('ArrowLeft');
    expect(await focused()).toBe(`favourite-${id('Global Reader')}`);
    await page.keyboard.press('Enter');
    await expect.poll(() => scene.calls).toEqual([{ kind: 'setFavourite', id: id('Global Reader'), favourite: false }]);
    await page.keyboard.press('ArrowUp');
    expect(await focused()).toBe('filter');
  });

  test('Shift-click and Shift+Enter open the form of a one-click role', async () => {
    const page = await play(idle);
    await page.getByTestId(`activate-${id('Global Reader')}`).click({ modifiers: ['Shift'] });
    await page.getByTestId('form').waitFor();
    await page.keyboard.press('Escape');
    expect(await focused()).toBe(`activate-${id('Global Reader')}`);
    await page.keyboard.press('Shift+Enter');
    await page.getByTestId('form').waitFor();
    expect(scene.calls).toEqual([]);
  });

  test('a role that is engaged, or waits out its undo time, is not sent twice', async () => {
    const page = await play({
      ...SCENES.undo!.view,
      eligible: ROLES.map((row) => ({ ...row, engaged: row.name === 'Helpdesk Administrator' })),
    });
    await page.getByTestId(`activate-${id('Global Reader')}`).click({ force: true });
    await page.keyboard.type('help');
    await page.getByTestId(`activate-${id('Helpdesk Administrator')}`).click({ force: true });
    await page.getByTestId('undo').click();
    await expect.poll(() => scene.calls).toEqual([{ kind: 'undo', id: id('Global Reader') }]);
  });

  test('what is active or on its way is not offered again, unless it is typed', async () => {
    const page = await play(SCENES.usual!.view);
    const row = page.getByTestId(`row-${id('Exchange Administrator')}`);
    expect(await page.locator('[data-row]').count()).toBe(ROLES.length - 2);
    expect(await row.count()).toBe(0);
    await page.keyboard.type('exch');
    expect(await row.textContent()).toContain('Active');
    await page.getByTestId('filter-clear').click();
    await emit(view({ now: at(1), active: [], eligible: ROLES }));
    expect(await row.count()).toBe(1);
  });

  test('several are selected by Ctrl-click, Space or their box, and activated together', async () => {
    const page = await play(idle);
    await page.getByTestId(`activate-${id('Application Administrator')}`).click({ modifiers: ['Control'] });
    await page.getByTestId('filter').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await page.getByTestId(`select-${id('Intune Administrator')}`).check();
    expect(await page.getByTestId('selection').textContent()).toContain('3 selected');
    await page.getByTestId('activate-all').click();
    await page.getByTestId('reason').fill('Incident');
    await page.getByTestId('ticket-number').fill('INC-1');
    await page.keyboard.press('Control+Enter');
    await expect
      .poll(() => scene.calls)
      .toEqual([
        {
          kind: 'activateSeveral',
          ids: [id('Global Reader'), id('Intune Administrator'), id('Application Administrator')],
          minutes: 480,
          reason: 'Incident',
          ticket: { number: 'INC-1', system: '' },
        },
      ]);
    expect(await page.getByTestId('selection').count()).toBe(0);
  });

  test('a selection is given up by Escape, after the filter and before the window', async () => {
    const page = await play(idle);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Control+Space');
    await page.keyboard.press('Escape');
    expect(await page.getByTestId('selection').count()).toBe(0);
    expect(scene.other).not.toContain('hide');
  });

  test('the focus survives a new view', async () => {
    const page = await play(idle);
    await page.keyboard.press('ArrowDown');
    await emit({ ...idle, now: at(1), eligible: [...ROLES].reverse() });
    expect(await focused()).toBe(`activate-${id('Global Reader')}`);
    await page.keyboard.press('ArrowUp');
    expect(await focused()).toBe(`activate-${id('Intune Administrator')}`);
  });
});

describe('the form', () => {
  test('says what is missing, sends what was entered, and returns to the filter', async () => {
    const page = await play(idle);
    const role = id('Application Administrator');
    await page.getByTestId(`activate-${role}`).click();
    expect(await focused()).toBe('reason');
    await page.keyboard.press('Control+Enter');
    expect(await page.getByRole('alert').allTextContents()).toHaveLength(2);
    expect(scene.calls).toEqual([]);
    await page.getByTestId('reason').fill('  Renew the certificate ');
    await page.getByTestId('ticket-number').fill('INC-4711');
    await page.getByTestId('ticket-system').fill('ServiceNow');
    await page.getByTestId('duration').focus();
    await page.keyboard.press('PageDown');
    await page.keyboard.press('ArrowLeft');
    expect(await page.getByTestId('duration').getAttribute('aria-valuetext')).toMatch(/^5\u00A0h\u00A030, until/);
    await page.keyboard.press('Control+Enter');
    await expect
      .poll(() => scene.calls)
      .toEqual([
        {
          kind: 'activate',
          id: role,
          minutes: 330,
          reason: 'Renew the certificate',
          ticket: { number: 'INC-4711', system: 'ServiceNow' },
          undoable: false,
        },
      ]);
    expect(await focused()).toBe('filter');
  });

  test('a half-written reason survives leaving, new views and a failure', async () => {
    const page = await play(idle);
    const role = id('User Administrator');
    await page.getByTestId(`activate-${role}`).click();
    await page.getByTestId('reason').fill('Half a rea');
    await emit({ ...idle, now: at(1) });
    await page.evaluate(() => {
      window.__shown();
      window.dispatchEvent(new Event('focus'));
    });
    expect(await page.getByTestId('reason').inputValue()).toBe('Half a rea');
    expect(await focused()).toBe('reason');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    expect(await page.getByTestId('reason').inputValue()).toBe('Half a rea');
    await page.getByTestId('form-submit').click();
    const problem = {
      code: 'x',
      message: 'No.',
      remedy: { kind: 'editForm' as const },
      correlationId: null,
      detail: null,
    };
    await emit({
      ...idle,
      now: at(2),
      eligible: ROLES.map((row) => (row.id === role ? { ...row, problem } : row)),
    });
    await page.getByTestId(`remedy-${role}`).click();
    expect(await page.getByTestId('reason').inputValue()).toBe('Half a rea');
  });

  test('the duration takes a value as it is given, a drag snaps', async () => {
    const page = await play(idle);
    await page.getByTestId(`activate-${id('User Administrator')}`).click();
    await page.getByTestId('duration').fill('35');
    expect(await page.getByTestId('duration').inputValue()).toBe('35');
    const box = (await page.getByTestId('duration').boundingBox())!;
    await page.mouse.click(box.x + box.width * 0.52, box.y + box.height / 2);
    expect(Number(await page.getByTestId('duration').inputValue()) % 30).toBe(0);
  });

  test('a request from outside opens it once, prefilled, and sends nothing', async () => {
    const page = await play(idle);
    const asked = { ...idle, now: at(1), openForm: { id: id('Global Reader'), bundle: false, serial: 7 } };
    await emit(asked);
    await page.getByTestId('form').waitFor();
    expect(await page.getByTestId('reason').inputValue()).toBe('Daily checks');
    await page.keyboard.press('Escape');
    await emit({ ...asked, now: at(2) });
    expect(await page.getByTestId('form').count()).toBe(0);
    expect(scene.calls).toEqual([]);
    // After signing out and in again serials begin anew.
    await emit({ ...idle, now: at(3) });
    await emit({ ...asked, now: at(4) });
    await page.getByTestId('form').waitFor();
  });

  test('a request that comes before the list waits for its role', async () => {
    const openForm = { id: id('Global Reader'), bundle: false, serial: 1 };
    const page = await play({ ...SCENES['first-load']!.view, openForm });
    expect(await page.getByTestId('form').count()).toBe(0);
    await emit({ ...idle, now: at(1), openForm });
    await page.getByTestId('form').waitFor();
  });
});

describe('a failure', () => {
  const role = id('User Administrator');
  const failure = (remedy: Remedy): Problem => ({
    code: 'TooManyRequests',
    message: 'Microsoft Graph is busy.',
    remedy,
    correlationId: '9e0f4c7b',
    detail: 'over its limit',
  });
  const failed = (remedy: Remedy, minutes = 1) =>
    view({
      now: at(minutes),
      active: [active('User Administrator', { kind: 'failed', problem: failure(remedy) })],
    });

  test('is retried with what was entered, and not before the service allows it', async () => {
    const page = await play(idle);
    await page.getByTestId(`activate-${role}`).click();
    await page.getByTestId('reason').fill('Lost phone');
    await page.getByTestId('form-submit').click();
    await emit(failed({ kind: 'retry', at: at(1.2) }));
    const retry = page.getByTestId(`remedy-${role}`);
    expect(await retry.textContent()).toBe('Retry in 12\u00A0s');
    await retry.click({ force: true });
    await emit(failed({ kind: 'retry', at: at(1.2) }, 2));
    expect(await retry.textContent()).toBe('Retry');
    await retry.click();
    await expect
      .poll(() => scene.calls.map((call) => 'reason' in call && call.reason))
      .toEqual(['Lost phone', 'Lost phone']);
  });

  test('is copied for an administrator, told in full, and dismissed', async () => {
    const page = await play(failed({ kind: 'askAdmin', text: 'Grant consent' }));
    await page.getByTestId(`remedy-${role}`).click();
    await expect.poll(() => page.getByTestId('announcement').textContent()).toBe('Copied');
    await page.getByText('Details', { exact: true }).click();
    expect(await page.getByTestId(`active-${role}`).textContent()).toContain('9e0f4c7b');
    await page.getByTestId(`dismiss-${role}`).click();
    await expect.poll(() => scene.calls).toEqual([{ kind: 'dismissProblem', id: role }]);
  });

  test('of a role that runs all the same ends nothing', async () => {
    const running = active(
      'User Administrator',
      { kind: 'active' },
      {
        start: at(-60),
        end: at(60),
        problem: failure({ kind: 'retry', at: null }),
      },
    );
    const page = await play(view({ active: [running] }));
    expect(await page.getByText('Microsoft Graph is busy.').count()).toBe(1);
    expect(await page.getByTestId(`remedy-${role}`).count()).toBe(0);
    expect(await page.getByTestId(`renew-${role}`).count()).toBe(1);
  });
});

describe('an active role', () => {
  const running = (change = {}) =>
    active(
      'Exchange Administrator',
      { kind: 'active' },
      {
        start: at(-79),
        end: at(161),
        deactivatableFrom: at(-74),
        reason: 'Migration',
        ...change,
      },
    );
  const role = id('Exchange Administrator');

  test('is ended by its button, but not while the service refuses it', async () => {
    const page = await play(view({ active: [running({ deactivatableFrom: at(4.5) })] }));
    await page.getByTestId(`deactivate-${role}`).click({ force: true });
    expect(await page.getByTestId(`deactivate-${role}`).textContent()).toContain('4\u00A0min');
    await emit(view({ active: [running()] }));
    await page.getByTestId(`deactivate-${role}`).click();
    await expect.poll(() => scene.calls).toEqual([{ kind: 'deactivate', id: role }]);
  });

  test('is renewed at its end, or ended and activated again', async () => {
    const page = await play(view({ active: [running()] }));
    await page.getByTestId(`renew-${role}`).click();
    expect(await focused()).toBe('way-arm');
    await page.getByTestId('form-submit').click();
    expect(await focused()).toBe(`renew-${role}`);
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Control+Enter');
    await expect
      .poll(() => scene.calls)
      .toEqual([
        { kind: 'armRenewal', id: role, armed: true },
        { kind: 'restartNow', id: role, minutes: 240, reason: 'Migration', ticket: null, confirmed: false },
      ]);
  });

  test('whose renewal is armed renews no more by its button, or by the keys that send a form', async () => {
    const page = await play(view({ active: [running({ renewalArmed: true })] }));
    for (const stop of ['Enter', 'Control+Enter']) {
      await page.getByTestId(`renew-${role}`).click();
      expect(await focused()).toBe('renew-stop');
      // The page's own button is for something new, and nothing is chosen.
      await page.getByTestId('form-submit').click({ force: true });
      await page.getByTestId('renew-stop').press(stop);
      expect(await focused()).toBe(`renew-${role}`);
    }
    const disarm = { kind: 'armRenewal', id: role, armed: false };
    await expect.poll(() => scene.calls).toEqual([disarm, disarm]);
  });

  test('counts down by itself, a view of the past does not turn it back', async () => {
    const page = await play(view({ active: [running({ end: at(2.02) })] }), { freeze: false });
    const left = page.getByTestId(`left-${role}`);
    expect(await left.textContent()).toBe('2\u00A0min');
    await expect.poll(() => left.textContent(), { timeout: 5_000 }).toBe('1\u00A0min');
  });

  test('its last minute is counted in seconds, and its marks are announced', async () => {
    const page = await play(view({ active: [running({ end: at(1.02) })] }), { freeze: false });
    await expect
      .poll(() => page.getByTestId('announcement').textContent(), { timeout: 5_000 })
      .toContain('1 minute left');
    await expect.poll(() => page.getByTestId(`left-${role}`).textContent(), { timeout: 5_000 }).toMatch(/^5\d\u00A0s$/);
  });
});

test('nothing jumps while time passes and lists are read', async () => {
  const role = eligible('Exchange Administrator').id;
  const running = (left: number) =>
    active('Exchange Administrator', { kind: 'active' }, { start: at(-60), end: at(left), deactivatableFrom: at(-55) });
  const shown = (change: Partial<View>) => view({ status: 'active', active: [running(601)], ...change });
  const page = await play(shown({}));
  /** Where everything that can be pressed or typed in is, and the rows and headings around it. */
  const places = () =>
    page.evaluate(() => {
      const all = document.querySelectorAll<HTMLElement>('button, input, [data-row], h1, h2, li');
      return [...all].map((element) => {
        const { top, height } = element.getBoundingClientRect();
        return `${element.dataset.testid ?? element.tagName} ${top} ${height}`;
      });
    });
  const before = await places();
  expect(before.length).toBeGreaterThan(ROLES.length);
  const list = view().list;
  for (const next of [
    shown({ now: at(1), list: { ...list, loading: true } }),
    shown({ now: at(2), list: { ...list, asOf: at(2) } }),
    // From hours to minutes to a warning: other words, the same places.
    shown({ now: at(540) }),
    shown({ now: at(597), status: 'expiring' }),
    shown({ now: at(600.5), status: 'expiring' }),
  ]) {
    await emit(next);
    const left = page.getByTestId(`left-${role}`);
    await expect.poll(() => left.textContent()).not.toBe('');
    await expect.poll(places).toEqual(before);
  }
});

describe('signing in and out', () => {
  test('first run: demo, sign-in with an own registration, cancel', async () => {
    const page = await play(nobody());
    expect(await focused()).toBe('first-run-signin');
    await page.getByTestId('first-run-demo').click();
    await page.getByTestId('organisation').click();
    await page.getByTestId('tenant').fill('contoso.onmicrosoft.com');
    await page.getByTestId('client-id').fill('nonsense');
    await page.getByTestId('first-run-signin').click();
    await expect.poll(() => scene.calls.map((call) => call.kind)).toEqual(['signInDemo']);
    await page.getByTestId('client-id').fill('14d82eec-204b-4c2f-b7e8-296a70dab67e');
    await page.getByTestId('first-run-signin').click();
    await page.getByTestId('sign-in').click();
    await expect.poll(() => scene.calls.map((call) => call.kind)).toEqual(['signInDemo', 'saveSettings', 'signIn']);
    expect(scene.calls[1]).toMatchObject({
      settings: { tenant: 'contoso.onmicrosoft.com', clientId: '14d82eec-204b-4c2f-b7e8-296a70dab67e' },
    });
    await emit(SCENES['signing-in']!.view);
    await page.getByTestId('cancel-sign-in').click();
    await expect.poll(() => scene.calls.at(-1)).toEqual({ kind: 'cancelSignIn' });
    await emit({ ...idle, now: at(1) });
    await expect.poll(focused).toBe('filter');
  });

  test('a device code is copied, its page opened by whoever announced it', async () => {
    const page = await play(SCENES['signing-in-device-code']!.view);
    expect(await focused()).toBe('copy-code');
    await page.getByTestId('open-sign-in-page').click();
    await expect.poll(() => scene.other).toContain('open_sign_in_page');
    expect(scene.calls).toEqual([]);
  });

  test('settings are shown when somebody outside asks for them', async () => {
    const page = await play(idle);
    await page.evaluate(() => window.__turn('settings'));
    await page.getByTestId('settings-notifications').waitFor();
  });

  test('the menu by keyboard: sign out', async () => {
    const page = await play(idle);
    await page.getByTestId('menu').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('End');
    expect(await focused()).toBe('sign-out');
    await page.keyboard.press('Escape');
    expect(await focused()).toBe('menu');
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await expect.poll(() => scene.calls).toEqual([{ kind: 'signOut' }]);
  });
});

test('five thousand roles: painted, scrolled, filtered', async () => {
  const many = Array.from({ length: 5_000 }, (_, index) => eligible(`Role ${index}`, { id: `r${index}` }));
  const page = await play(view({ status: 'idle', eligible: many }), { freeze: false });
  expect(await page.locator('[data-row]').count()).toBeLessThan(60);
  await page.keyboard.press('End');
  expect(await focused()).toBe('activate-r4999');
  await page.keyboard.press('Home');
  expect(await focused()).toBe('activate-r0');
  await page.keyboard.press('ArrowUp');
  // From the letter to the page as it is then laid out, in the median of twenty letters.
  const times = await page.evaluate(async () => {
    const field = document.querySelector<HTMLInputElement>('[data-testid="filter"]')!;
    const taken: number[] = [];
    for (let run = 0; run < 20; run += 1) {
      const begun = performance.now();
      field.value = `role ${run * 13}`;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      await Promise.resolve();
      void document.body.offsetHeight;
      taken.push(performance.now() - begun);
      await new Promise((done) => setTimeout(done));
    }
    return taken.sort((a, b) => a - b);
  });
  console.log(
    `5,000 roles, a letter typed to laid out: median ${times[10]!.toFixed(1)} ms, p95 ${times[18]!.toFixed(1)} ms`,
  );
  expect(await page.locator('[data-row]').first().textContent()).toContain('Role 247');
});
