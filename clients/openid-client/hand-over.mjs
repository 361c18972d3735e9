// Handing a user over to Mijn Burgerprofiel with openid-client v6: what an integrator writes, behind the lines of docs/client-contract.md.
import { createPrivateKey } from 'node:crypto';
import * as client from 'openid-client';
import { checkSettings, politeFetch, Refused, serve, settings } from './contract.mjs';

const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';
const byKey = settings.client_authentication === 'private_key_jwt';
let config, pending, tokens, takenAt = 0;

async function authentication() {
  if (settings.client_authentication === 'client_secret_basic') return client.ClientSecretBasic(settings.client_secret);
  if (!byKey) return client.ClientSecretPost(settings.client_secret);
  const pkcs8 = createPrivateKey(settings.private_key).export({ type: 'pkcs8', format: 'der' });
  const key = await crypto.subtle.importKey('pkcs8', pkcs8, { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, false, ['sign']);
  return client.PrivateKeyJwt({ key, kid: settings.key_id });
}

async function prepare() {
  checkSettings('client_id', byKey ? 'private_key' : 'client_secret', 'redirect_uri', 'scope', 'issuer', 'audience', 'authorization_endpoint',
    'token_endpoint', 'hand_over_endpoint', 'landing_url');
  if (config) return;
  config = new client.Configuration({ issuer: settings.issuer, authorization_endpoint: settings.authorization_endpoint, token_endpoint: settings.token_endpoint },
    settings.client_id, {}, await authentication());
  config.timeout = 5;
  config[client.customFetch] = politeFetch;
}

const take = (fresh) => { takenAt = Date.now(); tokens = fresh; };

async function signIn() {
  const verifier = client.randomPKCECodeVerifier();
  pending = { pkceCodeVerifier: verifier, expectedState: client.randomState(), expectedNonce: client.randomNonce(), idTokenExpected: true };
  return { open: client.buildAuthorizationUrl(config, { redirect_uri: settings.redirect_uri, scope: settings.scope, state: pending.expectedState,
    nonce: pending.expectedNonce, code_challenge: await client.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' }).href };
}

async function callback({ callback }) {
  const checks = pending;
  pending = tokens = undefined;
  if (!checks) throw new Refused('no sign-in is under way; start again');
  if (callback.split('?')[0] !== settings.redirect_uri.split('?')[0]) throw new Refused('this return did not come to our redirect address');
  take(await client.authorizationCodeGrant(config, new URL(callback), checks));
  return { done: {} };
}

async function refresh() {
  if (!tokens?.refresh_token) throw new Refused('nobody is signed in; sign in first');
  const old = tokens.refresh_token;
  try {
    const fresh = await client.refreshTokenGrant(config, old);
    fresh.refresh_token ??= old;
    take(fresh);
  } catch (error) {
    if (['invalid_grant', 'invalid_request'].includes(error.error)) tokens = undefined;
    throw error;
  }
  return { done: {} };
}

async function exchange() {
  const answer = await client.genericGrantRequest(config, 'urn:ietf:params:oauth:grant-type:token-exchange', { audience: settings.audience,
    subject_token: tokens.access_token, subject_token_type: ACCESS_TOKEN, actor_token: tokens.access_token, actor_token_type: ACCESS_TOKEN });
  if (answer.issued_token_type !== ACCESS_TOKEN || answer.token_type.toLowerCase() !== 'bearer') throw new Refused('the exchange brought no bearer access token');
  return answer.access_token;
}

async function temporaryToken() {
  let answer;
  for (let attempt = 0; attempt < 2; attempt++) {
    answer = await politeFetch(settings.hand_over_endpoint, { method: 'POST', redirect: 'manual', signal: AbortSignal.timeout(5000),
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ token: await exchange(), token_type: ACCESS_TOKEN }) });
    if (answer.status !== 401) break;
  }
  if (answer.status !== 200) throw new Refused(`Mijn Burgerprofiel answered ${answer.status}`);
  const { token } = await answer.json();
  if (typeof token !== 'string' || !token) throw new Refused('Mijn Burgerprofiel gave no temporary token');
  return token;
}

async function handOff() {
  if (!tokens) throw new Refused('nobody is signed in; sign in first');
  if (Date.now() - takenAt > 600_000 && tokens.refresh_token) await refresh();
  if (tokens.expiresIn() <= 0) throw new Refused('the sign-in has expired; sign in again');
  const page = new URL(settings.landing_url);
  try {
    page.search += `${page.search ? '&' : '?'}token=${encodeURIComponent(await temporaryToken())}`;
  } catch (error) {
    return { open: settings.landing_url, warnings: [`the user has to sign in there: ${error.message}`] };
  }
  return { open: page.href };
}

async function signOut() {
  tokens = undefined;
  const page = new URL(settings.end_session_endpoint);
  page.search = new URLSearchParams({ client_id: settings.client_id, post_logout_redirect_uri: settings.post_logout_redirect_uri });
  return { open: page.href };
}

await serve({ 'sign-in': signIn, callback, refresh, 'hand-off': handOff, 'sign-out': signOut }, prepare);
