// Mijn Stad: the part of a municipality's web application that signs people in: Express, Passport, and openid-client's strategy for it.
import { createPrivateKey, randomBytes, webcrypto } from 'node:crypto';
import { readFileSync } from 'node:fs';
import express from 'express';
import session from 'express-session';
import * as client from 'openid-client';
import { Strategy } from 'openid-client/passport';
import passport from 'passport';

globalThis.crypto ??= webcrypto; // Node 18 has it, but not as a global

export const settings = JSON.parse(readFileSync(process.env.KEUR_SETTINGS, 'utf8'));
export const people = new Map(); // id of a sign-in → tokens and claims; the browser has the session's cookie and no more
export const links = [];
export const accept = { user: () => {}, return: () => false }; // what a service asks of claims, and of a return
const byKey = settings.client_authentication === 'private_key_jwt';

// What the user has to be told, and with which status.
export class Refused extends Error {
  constructor(status, message) { super(message); this.status = status; }
}

const escaped = (text) => String(text).replace(/[&<>"']/g, (found) => `&#${found.charCodeAt(0)};`);
export const page = (title, text, ways) => `<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>${title} - Mijn Stad</title></head>
<body><h1>${title}</h1><p>${escaped(text)}</p><ul>${ways.map(([address, words]) => `<li><a href="${address}">${words}</a></li>`).join('')}</ul></body></html>`;

async function authentication() {
  if (settings.client_authentication === 'client_secret_basic') return client.ClientSecretBasic(settings.client_secret);
  if (!byKey) return client.ClientSecretPost(settings.client_secret);
  const der = createPrivateKey(settings.private_key).export({ type: 'pkcs8', format: 'der' });
  const key = await crypto.subtle.importKey('pkcs8', der, { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, false, ['sign']);
  return client.PrivateKeyJwt({ key, kid: settings.key_id });
}

// By its addresses as they were told, or by its metadata. Either way the library asks no plain http address.
async function configure() {
  const { issuer, client_id: id, authorization_endpoint, token_endpoint, end_session_endpoint } = settings;
  const known = new client.Configuration({ issuer, authorization_endpoint, token_endpoint, end_session_endpoint }, id, {}, await authentication());
  if (token_endpoint) return known;
  const found = await client.discovery(new URL(issuer), id, {}, await authentication());
  client.enableNonRepudiationChecks(found); // ID-porten asks for the signature to be verified
  return found;
}

class AcmStrategy extends Strategy { // left to itself it sends neither: PKCE is its defence
  authorizationRequestParams(request, options) {
    const params = super.authorizationRequestParams(request, options);
    for (const [name, value] of [['state', client.randomState()], ['nonce', client.randomNonce()]]) params.set(name, value);
    if (settings.acr_values) params.set('acr_values', settings.acr_values);
    return params;
  }
}

export const app = express();
export let config;

const wanted = ['client_id', byKey ? 'private_key' : 'client_secret', 'redirect_uri', 'scope', 'issuer'];
const missing = wanted.find((name) => !settings[name]);
const plain = Object.keys(settings).find((name) => /(_endpoint|_url|issuer)$/.test(name) && settings[name] && !settings[name].startsWith('https://'));

export async function ready() {
  if (missing) throw new Refused(500, `Deze toepassing is niet volledig ingesteld: '${missing}' ontbreekt.`);
  if (plain) throw new Refused(500, `Deze toepassing is niet veilig ingesteld: '${plain}' is geen https-adres.`);
  if (config) return;
  const found = await configure();
  found.timeout = 5;
  passport.use('toegang', new AcmStrategy({ config: found, scope: settings.scope, callbackURL: settings.redirect_uri }, (tokens, done) => {
    accept.user(tokens.claims());
    const id = randomBytes(24).toString('base64url');
    people.set(id, { tokens, claims: tokens.claims(), since: Date.now() });
    done(null, { id });
  }));
  config = found;
}

app.disable('x-powered-by');
app.use((_request, response, next) => { response.set('Referrer-Policy', 'no-referrer'); next(); }); // an address may have a code in it
app.use(session({ secret: randomBytes(32).toString('hex'), resave: false, saveUninitialized: false, cookie: { httpOnly: true, sameSite: 'lax' } }));
app.use(passport.initialize(), passport.session());
passport.serializeUser((user, done) => done(null, user.id));
passport.deserializeUser((id, done) => done(null, people.has(id) ? { id } : false));

app.get('/', (request, response) => {
  if (!request.user) return response.send(page('Mijn Stad', 'Meld u aan om verder te gaan.', [['/aanmelden', 'Aanmelden']]));
  const { name, sub } = people.get(request.user.id).claims;
  response.send(page('Mijn Stad', `U bent aangemeld als ${name ?? sub}.`, [...links, ['/afmelden', 'Afmelden']]));
});
app.get('/aanmelden', async (_request, _response, next) => { await ready(); next(); }, (...all) => passport.authenticate('toegang')(...all));
app.get('/terug', async (request, response, next) => { await ready(); if (!accept.return(request, response)) next(); },
  (...all) => passport.authenticate('toegang', { successRedirect: '/', failWithError: true })(...all));

export function person(request) {
  if (!request.user) throw new Refused(403, 'U bent niet aangemeld. Meld u eerst aan.');
  return people.get(request.user.id);
}

export const forget = (request) => new Promise((done) => { people.delete(request.user?.id); request.session.regenerate(done); });

// New tokens for somebody; who may not have them any more has to sign in again.
export async function refresh(request) {
  const found = person(request);
  try {
    const fresh = await client.refreshTokenGrant(config, found.tokens.refresh_token);
    fresh.refresh_token ??= found.tokens.refresh_token;
    if (fresh.id_token && fresh.claims().sub !== found.claims.sub) throw new Error('the refreshed tokens are of another user');
    fresh.id_token ??= found.tokens.id_token;
    Object.assign(found, { tokens: fresh, since: Date.now() });
  } catch (error) {
    if (!(error instanceof client.ResponseBodyError)) throw error;
    await forget(request);
    throw new Refused(403, 'Uw aanmelding is verlopen. Meld u opnieuw aan.');
  }
}

export function serve() {
  app.use((_request, _response) => { throw new Refused(404, 'Deze pagina bestaat niet.'); });
  app.use((error, _request, response, _next) => {
    console.error(`${error.name}: ${error.message}`);
    const isOurs = error instanceof Refused;
    const text = isOurs ? error.message : error.name === 'AuthenticationError' || error instanceof client.AuthorizationResponseError
      ? 'Het aanmelden is niet gelukt of afgebroken. Begin opnieuw.' : 'De aanmelddienst gaf geen bruikbaar antwoord. Probeer het later opnieuw.';
    response.status(isOurs ? error.status : 502).send(page('Er ging iets mis', text, [['/aanmelden', 'Opnieuw aanmelden']]));
  });
  const server = app.listen(Number(process.env.PORT), '127.0.0.1');
  process.on('SIGTERM', () => { server.close(() => process.exit(0)); server.closeAllConnections(); });
}
