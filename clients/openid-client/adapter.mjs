// Loket over openid-client v6: what an integrator writes, behind the lines of docs/client-contract.md.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { webcrypto } from 'node:crypto';
import * as client from 'openid-client';

globalThis.crypto ??= webcrypto; // Node 18 has it, but not as a global

class Refused extends Error {}

const settings = JSON.parse(readFileSync(process.env.KEUR_SETTINGS, 'utf8'));
let config, pending, tokens, renewal, notBefore = 0;

function check() {
  for (const name of ['client_id', 'client_secret', 'redirect_uri', 'scope', 'authorization_endpoint', 'token_endpoint', 'api', 'accept'])
    if (!settings[name]) throw new Refused(`the setting '${name}' is missing; take it from your registration at Loket`);
  const seconds = (notBefore - Date.now()) / 1000;
  if (seconds > 0) throw new Refused(`Loket is busy; try again in ${Math.ceil(seconds)} seconds`);
  if (config) return;
  config = new client.Configuration({ issuer: new URL(settings.token_endpoint).origin, authorization_endpoint: settings.authorization_endpoint,
    token_endpoint: settings.token_endpoint }, settings.client_id, {}, client.ClientSecretPost(settings.client_secret));
  config.timeout = 5;
  config[client.customFetch] = async (url, options) => {
    const response = await fetch(url, options);
    if (response.status === 429 || response.status === 503) {
      const value = response.headers.get('retry-after') ?? '';
      notBefore = /^\d+$/.test(value) ? Date.now() + value * 1000 : Date.parse(value) || Date.now() + 300_000;
      check();
    }
    return response;
  };
}

async function signIn() {
  const verifier = client.randomPKCECodeVerifier();
  pending = { pkceCodeVerifier: verifier, expectedState: client.randomState() };
  return { open: client.buildAuthorizationUrl(config, { redirect_uri: settings.redirect_uri, scope: settings.scope, state: pending.expectedState,
    code_challenge: await client.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' }).href };
}

async function callback({ callback }) {
  const checks = pending;
  pending = undefined;
  if (!checks) throw new Refused('no sign-in is under way; start again');
  if (callback.split('?')[0] !== settings.redirect_uri.split('?')[0]) throw new Refused('this return did not come to our redirect address');
  tokens = await client.authorizationCodeGrant(config, new URL(callback), checks);
  return { done: {} };
}

async function renew() {
  if (!tokens?.refresh_token) throw new Refused('not signed in; sign in first');
  const old = tokens;
  try {
    tokens = await client.refreshTokenGrant(config, old.refresh_token);
    tokens.refresh_token ??= old.refresh_token;
  } catch (error) {
    if (error.error === 'invalid_grant') tokens = undefined;
    throw error;
  }
  return { done: {} };
}
// One renewal at a time: who comes later waits for the same one.
const refresh = () => renewal ??= renew().finally(() => { renewal = undefined; });

async function get(path, page, again = true) {
  if (!tokens || renewal || tokens.expiresIn() <= 0) await refresh(); // expiresIn() is undefined when Loket did not say
  const used = tokens;
  const headers = new Headers({ accept: settings.accept });
  try {
    const answer = await client.fetchProtectedResource(config, used.access_token, new URL(`${settings.api}${path}?pageNumber=${page}`), 'GET', undefined, headers);
    if (answer.status === 401) throw Object.assign(new Refused('Loket answered 401'), { status: 401 });
    if (answer.status !== 200) throw new Refused(`Loket answered ${answer.status}: ${(await answer.text()).replace(/\s+/g, ' ').slice(0, 200)}`);
    return await answer.json();
  } catch (error) {
    if (error.status === 401 && !again) tokens = undefined; // even a fresh token is refused: only a new sign-in can help
    if (error.status !== 401 || !again) throw error;
    if (used === tokens) await refresh();
    return get(path, page, false);
  }
}

async function readAll(path) {
  const pages = [await get(path, 1)];
  while (pages.length < (pages[0].totalPages ?? 1)) pages.push(await get(path, pages.length + 1));
  const obsolete = new Set(pages.map((page) => page.version?.obsoleteDate).filter(Boolean));
  return { status: 200, items: pages.reduce((sum, page) => sum + (page._embedded?.length ?? 1), 0),
    warnings: [...obsolete].map((date) => `this version of the API is obsolete from ${date}`) };
}

const call = async (message) => ({ done: (await Promise.all(Array.from({ length: message['at-once'] ?? 1 }, () => readAll(settings.operations[message.operation]))))[0] });

const actions = { 'sign-in': signIn, call, refresh };
for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line);
  const action = message.callback ? callback : actions[message.do];
  let answer = { unsupported: message.do };
  try { if (action) { check(); answer = await action(message); } }
  catch (error) { answer = { refused: [error.message, error.error ?? error.cause?.message ?? error.cause?.code].filter(Boolean).join(': ') }; }
  console.log(JSON.stringify(answer));
}
