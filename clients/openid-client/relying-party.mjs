// A relying party over openid-client v6: what an integrator of ID-porten, or of a provider by the NL GOV profile, writes, behind
// the lines of docs/client-contract.md.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createPrivateKey, webcrypto } from 'node:crypto';
import * as client from 'openid-client';

globalThis.crypto ??= webcrypto; // Node 18 has it, but not as a global

class Refused extends Error {}

const settings = JSON.parse(readFileSync(process.env.KEUR_SETTINGS, 'utf8'));
const scales = [['idporten-loa-substantial', 'idporten-loa-high'], ['low', 'substantial', 'high'].map((level) => `http://eidas.europa.eu/LoA/${level}`)];
const levels = scales.find((scale) => scale.includes(settings.acr_values)) ?? [];
let config, configUntil = 0, pending, tokens, subject, expiresAt = 0;

async function ownKey() {
  const der = createPrivateKey(settings.private_key).export({ type: 'pkcs8', format: 'der' });
  const key = await crypto.subtle.importKey('pkcs8', der, { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, false, ['sign']);
  return { key, kid: settings.key_id };
}

async function authentication() {
  if (settings.client_authentication === 'client_secret_post') return client.ClientSecretPost(settings.client_secret);
  if (settings.client_authentication !== 'private_key_jwt') return client.ClientSecretBasic(settings.client_secret);
  return client.PrivateKeyJwt(await ownKey());
}

// How the provider was asked to sign, when that was said.
const registered = () => Object.fromEntries(['id_token_signed_response_alg', 'userinfo_signed_response_alg']
  .filter((name) => settings[name]).map((name) => [name, settings[name]]));

async function configure() {
  for (const name of ['issuer', 'client_id', 'redirect_uri', 'scope'])
    if (!settings[name]) throw new Refused(`the setting '${name}' is missing`);
  if (!settings.client_secret && !settings.private_key) throw new Refused('neither a secret nor a private key is set');
  if (config && Date.now() < configUntil) return;
  config = await client.discovery(new URL(settings.issuer), settings.client_id, registered(), await authentication(), { timeout: 5 });
  client.enableNonRepudiationChecks(config); // both ask for the signature to be verified
  configUntil = Date.now() + 86_400_000;
}

async function signIn() {
  const verifier = client.randomPKCECodeVerifier();
  pending = { pkceCodeVerifier: verifier, expectedState: client.randomState(), expectedNonce: client.randomNonce(), idTokenExpected: true };
  const request = { redirect_uri: settings.redirect_uri, scope: settings.scope, acr_values: settings.acr_values,
    state: pending.expectedState, nonce: pending.expectedNonce, code_challenge: await client.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
    ...(settings.response_mode === 'form_post' && { response_mode: 'form_post' }), ...(settings.claims && { claims: JSON.stringify(settings.claims) }) };
  if (settings.request_objects === 'by-value') return { open: (await client.buildAuthorizationUrlWithJAR(config, request, await ownKey())).href };
  return { open: client.buildAuthorizationUrl(config, request).href };
}

// For whom the user acts (NL GOV): the innermost of a chain of representation.
function represented({ represents }) {
  if (represents === undefined) return [];
  if (typeof represents?.sub !== 'string' || typeof represents.iss !== 'string') throw new Refused('the ID Token does not say whom the user represents');
  return represents.represents === undefined ? [`the user acts for ${represents.sub} (${represents.sub_id_type ?? represents.iss})`] : represented(represents);
}

function take(fresh) {
  tokens = { ...fresh, refresh_token: fresh.refresh_token ?? tokens?.refresh_token, id_token: fresh.id_token ?? tokens?.id_token };
  expiresAt = Date.now() + (fresh.expiresIn() ?? 120) * 1000;
}

// The return as a web server has it: in a form when one was asked for, else in the address.
function returned({ callback, form }) {
  if ((settings.response_mode === 'form_post') !== (form !== undefined)) throw new Refused('the return came in another way than was asked for');
  return form === undefined ? new URL(callback) : new Request(callback, { method: 'POST', body: new URLSearchParams(form) });
}

async function callback(message) {
  const checks = pending;
  pending = tokens = subject = undefined;
  if (!checks) throw new Refused('no sign-in is under way; start again');
  const fresh = await client.authorizationCodeGrant(config, returned(message), checks);
  const claims = fresh.claims();
  if (levels.indexOf(claims.acr) < levels.indexOf(settings.acr_values)) throw new Refused('the user did not sign in as surely as this service needs');
  const warnings = represented(claims);
  subject = claims.sub;
  take(fresh);
  return { done: { warnings } };
}

async function refresh() {
  if (!tokens?.refresh_token) throw new Refused('not signed in; sign in first');
  const old = tokens;
  tokens = undefined;
  const fresh = await client.refreshTokenGrant(config, old.refresh_token);
  if (fresh.claims() && fresh.claims().sub !== subject) throw new Refused('the refreshed tokens are of another user');
  tokens = old;
  take(fresh);
  return { done: {} };
}

async function call({ operation }) {
  if (operation !== 'userinfo') throw new Refused(`there is no operation '${operation}'`);
  if (!tokens) throw new Refused('not signed in; sign in first');
  if (Date.now() > expiresAt - 5000) await refresh();
  const claims = await client.fetchUserInfo(config, tokens.access_token, subject);
  return { done: { status: 200, items: Object.keys(claims).length } };
}

async function signOut() {
  const hint = tokens?.id_token;
  tokens = undefined;
  return { open: client.buildEndSessionUrl(config, { post_logout_redirect_uri: settings.post_logout_redirect_uri, ...(hint && { id_token_hint: hint }), state: client.randomState() }).href };
}

const actions = { 'sign-in': signIn, call, refresh, 'sign-out': signOut };
for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line);
  const action = message.callback ? callback : actions[message.do];
  let answer = { unsupported: message.do };
  try { if (action) { await configure(); answer = await action(message); } }
  catch (error) { answer = { refused: [error.message, error.error ?? error.cause?.message ?? error.cause?.code].filter(Boolean).join(': ') }; }
  console.log(JSON.stringify(answer));
}
