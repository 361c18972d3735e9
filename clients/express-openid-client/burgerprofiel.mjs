// Mijn Stad hands its signed-in citizen over to Mijn Burgerprofiel, without a second login.
import * as client from 'openid-client';
import { app, config, forget, links, person, Refused, refresh, serve, settings } from './portal.mjs';

const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';
links.push(['/mijn-burgerprofiel', 'Naar Mijn Burgerprofiel']);

async function exchange(token) {
  const answer = await client.genericGrantRequest(config, 'urn:ietf:params:oauth:grant-type:token-exchange', { audience: settings.audience,
    subject_token: token, subject_token_type: ACCESS_TOKEN, actor_token: token, actor_token_type: ACCESS_TOKEN });
  if (answer.issued_token_type !== ACCESS_TOKEN || answer.token_type !== 'bearer') throw new Error('the exchange brought no bearer access token');
  return answer.access_token;
}

async function temporaryToken(token) {
  let answer;
  for (let attempt = 0; attempt < 2; attempt++) { // a 401 means that the exchanged token is no longer good: another may be
    answer = await fetch(settings.hand_over_endpoint, { method: 'POST', redirect: 'error', signal: AbortSignal.timeout(5000),
      headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token: await exchange(token), token_type: ACCESS_TOKEN }) });
    if (answer.status !== 401) break;
  }
  const value = answer.status === 200 ? (await answer.json()).token : undefined;
  if (!value || typeof value !== 'string') throw new Error(`Mijn Burgerprofiel answered ${answer.status} without a token`);
  return value;
}

app.get('/mijn-burgerprofiel', async (request, response) => {
  const citizen = person(request);
  if (Date.now() - citizen.since > 600_000 && citizen.tokens.refresh_token) await refresh(request); // the portal's session lives no longer than this token
  if (citizen.tokens.expiresIn() <= 0) {
    await forget(request);
    throw new Refused(403, 'Uw aanmelding is verlopen. Meld u opnieuw aan.');
  }
  const page = new URL(settings.landing_url);
  try {
    page.search += `${page.search ? '&' : '?'}token=${encodeURIComponent(await temporaryToken(citizen.tokens.access_token))}`;
  } catch (error) {
    console.warn(`no temporary token (${error.name}): the user has to sign in there`);
  }
  response.redirect(303, page.href);
});

app.get('/afmelden', async (request, response) => {
  await forget(request);
  const page = new URL(settings.end_session_endpoint);
  page.search = new URLSearchParams({ client_id: settings.client_id, post_logout_redirect_uri: settings.post_logout_redirect_uri });
  response.redirect(303, page.href);
});

serve();
