// Loket over openid-client v6: what an integrator writes, behind the lines of docs/client-contract.md.
import * as client from 'openid-client';
import { checkSettings, politeFetch, Refused, serve, settings } from './contract.mjs';

let config, pending, tokens, renewal;

function prepare() {
  checkSettings('client_id', 'client_secret', 'redirect_uri', 'scope', 'authorization_endpoint', 'token_endpoint', 'api', 'accept');
  if (config) return;
  config = new client.Configuration({ issuer: new URL(settings.token_endpoint).origin, authorization_endpoint: settings.authorization_endpoint,
    token_endpoint: settings.token_endpoint }, settings.client_id, {}, client.ClientSecretPost(settings.client_secret));
  config.timeout = 5;
  config[client.customFetch] = politeFetch;
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

await serve({ 'sign-in': signIn, callback, call, refresh }, prepare);
