"""Handing a user over to Mijn Burgerprofiel with Authlib: what an integrator writes, behind the lines of docs/client-contract.md."""
import json, time
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

import requests
from authlib.common.encoding import urlsafe_b64decode
from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from authlib.oauth2.rfc7523.assertion import private_key_jwt_sign
from contract import Refused, obey_retry_after, require, serve, settings

by_key = settings.get("client_authentication") == "private_key_jwt"

class KeyOfOurs(PrivateKeyJWT):
    """Authlib's own drops the headers it is given, makes assertions of an hour, and repeats the jti when it is given claims."""
    def sign(self, auth, audience):
        return private_key_jwt_sign(auth.client_secret, client_id=auth.client_id, token_endpoint=audience, alg="RS256",
                                    header={"kid": settings.get("key_id")}, expires_in=120)

def new_session(**options):
    new = OAuth2Session(settings.get("client_id"), settings.get("private_key" if by_key else "client_secret"), default_timeout=5,
                        token_endpoint_auth_method=settings.get("client_authentication", "client_secret_post"), **options)
    if by_key:  # its `aud` is the address it is given; ACM wants the issuer
        new.register_client_auth_method(KeyOfOurs(settings.get("issuer")))
    return new

session = new_session(scope=settings.get("scope"), redirect_uri=settings.get("redirect_uri"), code_challenge_method="S256")
session.hooks["response"].append(obey_retry_after)
pending, taken_at = {}, 0
ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token"

def check():
    require("client_id", "private_key" if by_key else "client_secret", "redirect_uri", "scope", "issuer", "audience", "authorization_endpoint",
            "token_endpoint", "hand_over_endpoint", "landing_url")

def take(token):
    global taken_at
    taken_at = time.time()
    return token

def sign_in(_):
    verifier, nonce = generate_token(64), generate_token(32)
    url, state = session.create_authorization_url(settings["authorization_endpoint"], code_verifier=verifier, nonce=nonce)
    pending.update(state=state, code_verifier=verifier, nonce=nonce)
    return {"open": url}

def callback(message):
    query, sent = parse_qs(urlsplit(message["callback"]).query), dict(pending)
    pending.clear()
    if not sent:
        raise Refused("no sign-in is under way; start again")
    if "error" in query or "code" not in query:
        raise Refused(f"ACM did not let the user in: {query.get('error', ['no code'])[0]}")
    nonce, session.token = sent.pop("nonce"), None
    token = session.fetch_token(settings["token_endpoint"], authorization_response=message["callback"], allow_redirects=False, **sent)
    try:
        claims = json.loads(urlsafe_b64decode(token["id_token"].split(".")[1].encode()))
        is_ours = claims["nonce"] == nonce and claims["iss"] == settings["issuer"] and claims["aud"] == settings["client_id"] \
            and claims["exp"] > time.time() and bool(claims["sub"])
    except Exception:
        is_ours = False
    if not is_ours:
        session.token = None
        raise Refused("the ID Token does not belong to this sign-in")
    take(token)
    return {"done": {}}

def refresh(_=None):
    try:
        take(session.refresh_token(settings["token_endpoint"], allow_redirects=False))
    except Exception as error:
        if getattr(error, "error", "") in ("invalid_grant", "invalid_request"):
            session.token = None
        raise
    return {"done": {}}

def exchange(token):
    new = new_session()
    new.hooks["response"].append(obey_retry_after)
    answer = new.fetch_token(settings["token_endpoint"], grant_type="urn:ietf:params:oauth:grant-type:token-exchange",
                             audience=settings["audience"], subject_token=token, subject_token_type=ACCESS_TOKEN,
                             actor_token=token, actor_token_type=ACCESS_TOKEN, allow_redirects=False)
    if answer.get("issued_token_type") != ACCESS_TOKEN or not isinstance(answer.get("access_token"), str) or not answer["access_token"]:
        raise Refused("the exchange brought no access token")
    return answer["access_token"]

def temporary_token(token):
    for _ in range(2):
        answer = requests.post(settings["hand_over_endpoint"], json={"token": exchange(token), "token_type": ACCESS_TOKEN},
                               timeout=5, allow_redirects=False, hooks={"response": obey_retry_after})
        if answer.status_code != 401:
            break
    if answer.status_code != 200:
        raise Refused(f"Mijn Burgerprofiel answered {answer.status_code}")
    value = answer.json()["token"]
    if not isinstance(value, str) or not value:
        raise Refused("Mijn Burgerprofiel gave no temporary token")
    return value

def hand_off(_):
    if not session.token:
        raise Refused("nobody is signed in; sign in first")
    if time.time() - taken_at > 600 and session.token.get("refresh_token"):
        refresh()
    if session.token.is_expired():
        raise Refused("the sign-in has expired; sign in again")
    page = urlsplit(settings["landing_url"])
    try:
        query = "&".join(filter(None, [page.query, urlencode({"token": temporary_token(session.token["access_token"])})]))
    except Exception as error:
        return {"open": settings["landing_url"], "warnings": [f"the user has to sign in there: {type(error).__name__}"]}
    return {"open": urlunsplit(page._replace(query=query))}

def sign_out(_):
    session.token = None
    return {"open": settings["end_session_endpoint"] + "?" + urlencode({
        "client_id": settings["client_id"], "post_logout_redirect_uri": settings["post_logout_redirect_uri"]})}

serve({"sign-in": sign_in, "callback": callback, "refresh": refresh, "hand-off": hand_off, "sign-out": sign_out}, check)
