// Mijn Stad for people who come with ID-porten: what is known of them, and signing out there, too.
import * as client from 'openid-client';
import { accept, app, config, forget, links, page, people, person, ready, Refused, refresh, serve, settings } from './portal.mjs';

const levels = ['idporten-loa-substantial', 'idporten-loa-high'];
links.push(['/gegevens', 'Mijn gegevens']);
accept.user = ({ acr }) => {
  if (levels.indexOf(acr) < levels.indexOf(settings.acr_values)) throw new Refused(403, 'U hebt u niet zeker genoeg aangemeld voor deze dienst.');
};
accept.return = (request, response) => { // the way back from signing out has the same address
  const isOver = !request.query.code && request.query.state && request.query.state === request.session.leaving;
  if (isOver) response.send(page('Afgemeld', 'Tot ziens.', [['/', 'Naar het begin']]));
  return isOver;
};

app.get('/gegevens', async (request, response) => {
  const found = person(request);
  if (found.tokens.expiresIn() < 5) await refresh(request);
  const { tokens, claims } = people.get(request.user.id);
  const user = await client.fetchUserInfo(config, tokens.access_token, claims.sub);
  response.send(page('Mijn gegevens', `${Object.keys(user).length} gegevens over ${user.name ?? user.sub}.`, [['/', 'Terug']]));
});

app.get('/afmelden', async (request, response) => {
  await ready();
  const hint = people.get(request.user?.id)?.tokens.id_token;
  await forget(request);
  request.session.leaving = client.randomState();
  response.redirect(303, client.buildEndSessionUrl(config, { post_logout_redirect_uri: settings.post_logout_redirect_uri, state: request.session.leaving,
    ...(hint && { id_token_hint: hint }) }).href);
});

serve();
