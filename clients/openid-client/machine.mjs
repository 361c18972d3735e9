// Maskinporten over openid-client v6 and jose: what an integrator writes, behind the lines of docs/client-contract.md.
import { createPrivateKey, randomUUID } from 'node:crypto';
import * as client from 'openid-client';
import { SignJWT } from 'jose';
import { checkSettings, politeFetch, Refused, serve, settings } from './contract.mjs';

const kept = new Map();
let config, configUntil = 0;

async function configure() {
  checkSettings('client_id', 'issuer', 'private_key', 'api');
  if (config && Date.now() < configUntil) return;
  configUntil = Date.now() + 86_400_000;
  const nothing = () => {}; // the grant itself says who asks
  config = settings.token_endpoint
    ? new client.Configuration({ issuer: settings.issuer, token_endpoint: settings.token_endpoint }, settings.client_id, {}, nothing)
    : await client.discovery(new URL(settings.issuer), settings.client_id, {}, nothing, { algorithm: 'oauth2', timeout: 5, [client.customFetch]: politeFetch });
  config.timeout = 5;
  config[client.customFetch] = politeFetch;
}

const certificates = () => settings.certificate_chain.match(/-----BEGIN CERTIFICATE-----[^-]+/g).map((pem) => pem.slice(27).replace(/\s/g, ''));

const assertion = (claims) => new SignJWT({ ...claims })
  .setProtectedHeader({ alg: 'RS256', ...(settings.key_id ? { kid: settings.key_id } : { x5c: certificates() }) })
  .setIssuer(settings.client_id).setAudience(settings.issuer).setIssuedAt().setExpirationTime('100s').setJti(randomUUID())
  .sign(createPrivateKey(settings.private_key));

async function tokenFor(operation, fresh = false) {
  const claims = settings.grants[operation];
  const name = JSON.stringify(claims);
  const held = kept.get(name);
  if (held && !fresh && (held.expiresIn() ?? Infinity) > 5) return held;
  const tokens = await client.genericGrantRequest(config, 'urn:ietf:params:oauth:grant-type:jwt-bearer', { assertion: await assertion(claims) });
  if (tokens.token_type.toLowerCase() !== 'bearer') throw new Refused(`the token is of the type ${tokens.token_type}`);
  kept.set(name, tokens);
  return tokens;
}

async function call({ operation }) {
  const url = new URL(settings.api + settings.operations[operation]);
  const get = async (fresh) => client.fetchProtectedResource(config, (await tokenFor(operation, fresh)).access_token, url, 'GET')
    .catch((error) => { if (error.status) return error.response ?? { status: error.status }; throw error; });
  let answer = await get(false);
  if (answer.status === 401) answer = await get(true);
  if (answer.status !== 200) throw new Refused(`the API answered ${answer.status}`);
  return { done: { status: 200, items: (await answer.json()).items.length } };
}

async function token() {
  await tokenFor(Object.keys(settings.operations)[0]);
  return { done: {} };
}

await serve({ token, call }, configure);
