// The NL GOV profile over openid-client v6: what an integrator writes, behind the lines of docs/client-contract.md.
import { readFileSync } from 'node:fs';
import * as client from 'openid-client';
import { checkSettings, politeFetch, Refused, serve, settings } from './contract.mjs';

const forApi = new Map();
// For mutual TLS (RFC 8705) a fetch of our own: it shows our certificate to servers that ask, and reads its files again for each connection, since they may be renewed.
const certificate = Boolean(settings.client_certificate_file);
const undici = certificate ? await import('undici') : {};
const connect = (options, done) => undici.buildConnector({ cert: readFileSync(settings.client_certificate_file), key: readFileSync(settings.client_key_file) })(options, done);
const dispatcher = certificate ? new undici.Agent({ connect }) : undefined;
const ourFetch = (url, options) => certificate ? politeFetch(url, { ...options, dispatcher }, undici.fetch) : politeFetch(url, options);
let config, own, proofs, pending, tokens, ownTokens, renewal, configUntil = 0;

const privateKey = async ({ private_key: pem, key_id: kid }) => ({ kid, key: await crypto.subtle.importKey('pkcs8',
  Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64'), { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, false, ['sign']) });

// The library makes assertions out to the issuer; this server may want its token endpoint there.
const assertionFor = (endpoint) => ({ [client.modifyAssertion]: (header, payload) => { if (settings.assertion_audience === 'token_endpoint') payload.aud = endpoint().split('?')[0]; } });
const byCertificate = settings.client_authentication?.endsWith('tls_client_auth');
const mutualTls = { use_mtls_endpoint_aliases: certificate };
const authentication = async (account) => byCertificate ? client.TlsClientAuth() : settings.client_authentication === 'none' ? client.None() : account.private_key ? client.PrivateKeyJwt(await privateKey(account), assertionFor(() => config.serverMetadata().token_endpoint))
  : client.ClientSecretBasic(account.client_secret);

async function configure() {
  const optional = ['authorization_endpoint', 'token_endpoint', 'revocation_endpoint', 'pushed_authorization_request_endpoint'];
  if (byCertificate) checkSettings('client_certificate_file', 'client_key_file');
  checkSettings('issuer', 'redirect_uri', 'scope', 'api', ...optional.filter((name) => settings[name]));
  if (config && Date.now() < configUntil) return;
  configUntil = Date.now() + 86_400_000;
  const options = { algorithm: 'oauth2', timeout: 5, [client.customFetch]: ourFetch };
  if (settings.authorization_endpoint && settings.client_id) {
    const { issuer, authorization_endpoint, token_endpoint, revocation_endpoint, pushed_authorization_request_endpoint, authorization_response_iss_parameter_supported, mtls_endpoint_aliases } = settings;
    config = new client.Configuration({ issuer, authorization_endpoint, token_endpoint, revocation_endpoint, pushed_authorization_request_endpoint,
      authorization_response_iss_parameter_supported, mtls_endpoint_aliases }, settings.client_id, mutualTls, await authentication(settings));
    config.timeout = 5;
    config[client.customFetch] = ourFetch;
  } else if (settings.client_id) {
    config = await client.discovery(new URL(settings.issuer), settings.client_id, mutualTls, await authentication(settings), options);
  } else {
    const { privateKey: key, publicKey } = await crypto.subtle.generateKey({ name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 2048,
      publicExponent: new Uint8Array([1, 0, 1]) }, false, ['sign', 'verify']);
    const kid = crypto.randomUUID();
    config = await client.dynamicClientRegistration(new URL(settings.issuer), { client_name: settings.client_name, redirect_uris: [settings.redirect_uri],
      grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'], token_endpoint_auth_method: 'private_key_jwt',
      jwks: { keys: [{ ...await crypto.subtle.exportKey('jwk', publicKey), kid, use: 'sig', alg: 'RS256' }] } },
      client.PrivateKeyJwt({ key, kid }, assertionFor(() => config.serverMetadata().token_endpoint)), { ...options, initialAccessToken: settings.initial_access_token });
  }
  if (settings.dpop_bound_access_tokens) proofs = { DPoP: client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256')) };
}

async function signIn() {
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  pending = { pkceCodeVerifier, expectedState: client.randomState() };
  const request = new URLSearchParams({ redirect_uri: settings.redirect_uri, scope: settings.scope, state: pending.expectedState,
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier), code_challenge_method: 'S256' });
  for (const resource of new Set(Object.values(settings.resources ?? {}))) request.append('resource', resource);
  const pushes = settings.pushed_authorization_request_endpoint;
  return { open: (pushes ? await client.buildAuthorizationUrlWithPAR(config, request) : client.buildAuthorizationUrl(config, request)).href };
}

async function callback({ callback }) {
  const checks = pending;
  pending = undefined;
  if (!checks) throw new Refused('no sign-in is under way; start again');
  if (callback.split('?')[0] !== settings.redirect_uri.split('?')[0]) throw new Refused('this return did not come to our redirect address');
  const fresh = await client.authorizationCodeGrant(config, new URL(callback), checks, {}, proofs);
  if (proofs && fresh.token_type !== 'dpop') throw new Refused('the server did not bind the token to our key');
  tokens = fresh;
  forApi.clear();
  const less = tokens.scope && tokens.scope.length < settings.scope.length;
  return { done: less ? { warnings: [`the server granted a smaller scope: ${tokens.scope}`] } : {} };
}

async function renew(parameters) {
  if (!tokens?.refresh_token) throw new Refused('not signed in; sign in first');
  const { refresh_token } = tokens;
  try {
    const fresh = await client.refreshTokenGrant(config, refresh_token, parameters, proofs);
    fresh.refresh_token ??= refresh_token;
    return fresh;
  } catch (error) {
    if (error.error === 'invalid_grant') tokens = undefined;
    throw error;
  }
}
// One renewal at a time: who comes later waits for the same one.
const refresh = () => renewal ??= renew().then((fresh) => { tokens = fresh; return { done: {} }; }).finally(() => { renewal = undefined; });

const isOver = (held) => !held || (held.expiresIn() ?? Infinity) <= 0;

async function ownToken(fresh) {
  own ??= new client.Configuration(config.serverMetadata(), settings.machine.client_id, mutualTls, await authentication(settings.machine));
  own.timeout = 5;
  own[client.customFetch] = ourFetch;
  if (fresh || isOver(ownTokens)) ownTokens = await client.clientCredentialsGrant(own, { scope: settings.machine.scope });
  return ownTokens.access_token;
}

// The user's token for one that another party's API takes (RFC 8693).
async function exchanged(resource) {
  if (isOver(tokens)) await refresh();
  const type = 'urn:ietf:params:oauth:token-type:access_token';
  const answer = await client.genericGrantRequest(config, 'urn:ietf:params:oauth:grant-type:token-exchange',
    { resource, subject_token: tokens.access_token, subject_token_type: type, requested_token_type: type });
  if (answer.issued_token_type !== type || answer.token_type !== 'bearer') throw new Refused('the exchange brought something else than an access token for any bearer');
  return answer;
}

async function tokenFor(operation, fresh) {
  if (settings.machine?.operations.includes(operation)) return ownToken(fresh);
  const target = settings.exchanges?.[operation];
  if (target && (fresh || isOver(forApi.get(target)))) forApi.set(target, await exchanged(target));
  if (target) return forApi.get(target).access_token;
  const resource = settings.resources?.[operation];
  if (resource && !settings.api.startsWith(resource)) {
    if (fresh || isOver(forApi.get(resource))) {
      const another = await renew({ resource });
      tokens.refresh_token = another.refresh_token;
      forApi.set(resource, another);
    }
    return forApi.get(resource).access_token;
  }
  if (fresh || renewal || isOver(tokens)) await refresh();
  return tokens.access_token;
}

async function call({ operation, 'at-once': times = 1 }) {
  const path = settings.operations[operation];
  const url = new URL(path.startsWith('https://') ? path : settings.api + path);
  const get = async (fresh) => client.fetchProtectedResource(config, await tokenFor(operation, fresh), url, 'GET', undefined, undefined, proofs)
    .catch((error) => { if (error.status) return error.response ?? { status: error.status }; throw error; });
  const one = async () => {
    let answer = await get(false);
    if (answer.status === 401) answer = await get(true);
    if (answer.status !== 200) throw new Refused(`the API answered ${answer.status}`);
    return { done: { status: 200, items: (await answer.json()).items.length } };
  };
  return (await Promise.all(Array.from({ length: times }, one)))[0];
}

async function signOut() {
  const left = tokens?.refresh_token ?? tokens?.access_token;
  if (left) await client.tokenRevocation(config, left);
  tokens = undefined;
  forApi.clear();
  return { done: {} };
}

await serve({ 'sign-in': signIn, callback, call, refresh, 'sign-out': signOut }, configure);
