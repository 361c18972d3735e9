// A small web application on Loket: Express, express-session, Passport with passport-oauth2, passport-oauth2-refresh.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import express from 'express';
import session from 'express-session';
import passport from 'passport';
import OAuth2Strategy from 'passport-oauth2';
import renewal from 'passport-oauth2-refresh';

const settings = JSON.parse(readFileSync(process.env.KEUR_SETTINGS, 'utf8'));
const missing = ['client_id', 'client_secret', 'redirect_uri', 'scope', 'authorization_endpoint', 'token_endpoint', 'api', 'accept']
  .filter((name) => !settings[name]);
const grants = new Map(); // session user id → tokens; kept on the server, the browser only has the session cookie
let notBefore = 0; // Loket asked for rest until then

class Refused extends Error {
  constructor(status, message) { super(message); this.status = status; }
}

const app = express();
app.disable('x-powered-by');
app.use((_request, response, next) => { response.set('Referrer-Policy', 'no-referrer'); next(); }); // an address may have a code in it
app.get('/', (_request, response) => response.type('html').send('<p><a href="/login">Sign in with Loket</a></p>'));
if (missing.length) app.use((_request, _response, next) => next(new Refused(500, `the setting '${missing[0]}' is missing; take it from your registration at Loket`)));
app.use(session({ secret: randomBytes(32).toString('hex'), resave: false, saveUninitialized: false, cookie: { httpOnly: true, sameSite: 'lax' } }));
app.use(passport.initialize());
app.use(passport.session());
passport.serializeUser((user, done) => done(null, user));
passport.deserializeUser((user, done) => done(null, user));

const grant = (accessToken, refreshToken, params, previous) => ({ accessToken, refreshToken: refreshToken ?? previous?.refreshToken,
  expires: params.expires_in === undefined ? Infinity : Date.now() + Number(params.expires_in) * 1000 });

if (!missing.length) {
  const strategy = new OAuth2Strategy({ authorizationURL: settings.authorization_endpoint, tokenURL: settings.token_endpoint, clientID: settings.client_id,
    clientSecret: settings.client_secret, callbackURL: settings.redirect_uri, scope: settings.scope, state: true, pkce: true },
  (accessToken, refreshToken, params, _profile, done) => {
    const id = randomBytes(16).toString('hex');
    grants.set(id, grant(accessToken, refreshToken, params));
    done(null, { id });
  });
  passport.use('loket', strategy);
  renewal.use('loket', strategy);
  app.get('/login', passport.authenticate('loket'));
  app.get(new URL(settings.redirect_uri).pathname, passport.authenticate('loket', { failWithError: true }), (_request, response) => response.redirect('/signed-in'));
}
app.get('/signed-in', (request, response) => {
  if (!request.user) throw new Refused(403, 'not signed in');
  response.type('html').send('<p>Signed in. <a href="/employers">Employers</a></p>');
});

// One renewal at a time for one grant: who comes later waits for the same one.
const requestNewAccessToken = (refreshToken) => new Promise((resolve, reject) =>
  renewal.requestNewAccessToken('loket', refreshToken, (error, ...result) => error ? reject(error) : resolve(result)));
function renew(user) {
  const held = grants.get(user.id);
  return held.renewing ??= requestNewAccessToken(held.refreshToken)
    .then(([accessToken, refreshToken, params]) => { grants.set(user.id, grant(accessToken, refreshToken, params, held)); })
    .catch((error) => {
      if (String(error.data).includes('invalid_grant')) grants.delete(user.id);
      throw new Refused(502, 'Loket did not renew the access; sign in again');
    })
    .finally(() => { held.renewing = undefined; });
}

async function get(user, path, page, again = true) {
  if (grants.get(user.id)?.expires <= Date.now()) await renew(user);
  const held = grants.get(user.id);
  if (!held) throw new Refused(403, 'Loket withdrew the access; sign in again');
  const seconds = () => Math.ceil((notBefore - Date.now()) / 1000);
  if (seconds() > 0) throw new Refused(503, `Loket is busy; try again in ${seconds()} seconds`);
  const answer = await fetch(`${settings.api}${path}?pageNumber=${page}`, { redirect: 'error', signal: AbortSignal.timeout(5000),
    headers: { authorization: `Bearer ${held.accessToken}`, accept: settings.accept } });
  if (answer.status === 401 && again) {
    if (held === grants.get(user.id)) await renew(user);
    return get(user, path, page, false);
  }
  if (answer.status === 401) grants.delete(user.id); // even a fresh token is refused: only a new sign-in can help
  if (answer.status === 429 || answer.status === 503) {
    const value = answer.headers.get('retry-after') ?? '';
    notBefore = /^\d+$/.test(value) ? Date.now() + value * 1000 : Date.parse(value) || Date.now() + 300_000;
    throw new Refused(503, `Loket is busy; try again in ${seconds()} seconds`);
  }
  if (answer.status !== 200) throw new Refused(answer.status === 403 ? 403 : 502, `Loket answered ${answer.status}`);
  return answer.json();
}

for (const [name, path] of Object.entries(settings.operations ?? {})) {
  app.get(`/${name}`, async (request, response) => {
    if (!request.user) throw new Refused(403, 'not signed in');
    const pages = [await get(request.user, path, 1)];
    while (pages.length < (pages[0].totalPages ?? 1)) pages.push(await get(request.user, path, pages.length + 1));
    const obsolete = pages[0].version?.obsoleteDate;
    if (obsolete) console.warn(`this version of the API is obsolete from ${obsolete}`);
    response.type('text').send(`${pages.reduce((sum, page) => sum + (page._embedded?.length ?? 1), 0)} entries`);
  });
}

app.use((error, _request, response, _next) => {
  const said = error.name === 'AuthenticationError' ? 'Loket did not give access, or this return does not belong to your sign-in; start again' : error.message;
  console.error(`${error.name}: ${said}`);
  response.status(error.status >= 400 && error.status < 600 ? error.status : 502).type('text').send(`Refused: ${said}`);
});

const server = app.listen(Number(process.env.PORT), '127.0.0.1');
process.on('SIGTERM', () => { server.close(() => process.exit(0)); server.closeAllConnections(); });
