"""Mijn Stad: the part of a municipality's web application that signs people in, on Flask with Authlib's OpenID Connect client."""
import json, os, secrets, time

from authlib.integrations.flask_client import OAuth, OAuthError
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from authlib.oauth2.rfc7523.assertion import private_key_jwt_sign
from flask import Flask, redirect, render_template_string, session
from waitress import serve as run
from werkzeug.exceptions import HTTPException

settings = json.load(open(os.environ["KEUR_SETTINGS"], encoding="utf-8"))
by_key = settings.get("client_authentication") == "private_key_jwt"
missing = [name for name in ("client_id", "private_key" if by_key else "client_secret", "redirect_uri", "scope", "issuer") if not settings.get(name)]
plain = [name for name, value in settings.items() if name.endswith(("_endpoint", "_url", "issuer")) and value and not value.startswith("https://")]
people = {}  # session id → who signed in, and the tokens; the browser gets no more than the id

app = Flask(__name__)
app.config.update(SECRET_KEY=secrets.token_hex(32), SESSION_COOKIE_SAMESITE="Lax")

def keep(_, token, refresh_token=None, access_token=None):
    """Authlib renewed somebody's tokens by itself."""
    person().update(token={**person()["token"], **token}, since=time.time())

oauth = OAuth(app, update_token=keep)

class KeyOfOurs(PrivateKeyJWT):
    def sign(self, auth, _):  # Authlib's own is made out to the token endpoint, lives an hour, and has no kid
        return private_key_jwt_sign(auth.client_secret, client_id=auth.client_id, token_endpoint=settings["issuer"], alg="RS256",
                                    header={"kid": settings.get("key_id")}, expires_in=120)

provider = oauth.register(
    "toegang", client_id=settings.get("client_id"), client_secret=settings.get("private_key" if by_key else "client_secret"),
    server_metadata_url=settings.get("metadata_endpoint") or f"{settings.get('issuer')}/.well-known/openid-configuration",
    authorize_url=settings.get("authorization_endpoint"), access_token_url=settings.get("token_endpoint"),
    client_auth_methods=[KeyOfOurs()] if by_key else None,
    client_kwargs={"scope": settings.get("scope"), "code_challenge_method": "S256", "default_timeout": 5,
                   "token_endpoint_auth_method": settings.get("client_authentication")})

PAGE = """<!doctype html>
<html lang="nl"><head><meta charset="utf-8"><title>{{ title }} - Mijn Stad</title></head>
<body><h1>{{ title }}</h1><p>{{ text }}</p>
<ul>{% for address, words in links %}<li><a href="{{ address }}">{{ words }}</a></li>{% endfor %}</ul></body></html>"""

class Refused(Exception):
    """What the user has to be told, and with which status."""
    def __init__(self, text, status=502):
        super().__init__(text)
        self.status = status

def show(title, text, links=(), status=200):
    return render_template_string(PAGE, title=title, text=text, links=links), status

@app.errorhandler(Exception)
def failed(error):
    app.logger.error("%s: %s", type(error).__name__, error)
    if isinstance(error, HTTPException):
        return show("Er ging iets mis", "Deze pagina bestaat niet of kan zo niet worden opgevraagd.", [("/", "Naar het begin")], error.code)
    text = str(error) if isinstance(error, Refused) else "De aanmelddienst gaf geen bruikbaar antwoord. Probeer het later opnieuw."
    if isinstance(error, OAuthError):
        text = "Het aanmelden is niet gelukt of afgebroken. Begin opnieuw."
    return show("Er ging iets mis", text, [("/aanmelden", "Opnieuw aanmelden")], getattr(error, "status", 502))

@app.after_request
def keep_address(response):
    """A page may have a code in its address, which is nobody else's affair."""
    response.headers["Referrer-Policy"] = "no-referrer"
    return response

@app.before_request
def check():
    if missing:
        raise Refused(f"Deze toepassing is niet volledig ingesteld: '{missing[0]}' ontbreekt.", 500)
    if plain:
        raise Refused(f"Deze toepassing is niet veilig ingesteld: '{plain[0]}' is geen https-adres.", 500)

def person():
    found = people.get(session.get("id"))
    if not found:
        raise Refused("U bent niet aangemeld. Meld u eerst aan.", 403)
    return found

def forget():
    return people.pop(session.pop("id", None), None)

@app.get("/")
def home():
    found = people.get(session.get("id"))
    if not found:
        return show("Mijn Stad", "Meld u aan om verder te gaan.", [("/aanmelden", "Aanmelden")])
    return show("Mijn Stad", f"U bent aangemeld als {found['name']}.", [*app.config["LINKS"], ("/afmelden", "Afmelden")])

@app.get("/aanmelden")
def sign_in():
    return provider.authorize_redirect(settings["redirect_uri"], **app.config.get("AUTHORIZE", {}))

@app.get("/terug")
def signed_in():
    forget()
    token = provider.authorize_access_token(**({"client_id": settings["client_id"]} if by_key else {}))  # beside an assertion Authlib leaves it out
    user = token["userinfo"]
    app.config.get("CHECK_USER", lambda _: None)(user)
    session["id"] = secrets.token_urlsafe(32)
    people[session["id"]] = {"name": user.get("name") or user["sub"], "user": user, "token": token, "since": time.time()}
    return redirect("/", 303)

def refresh(found):
    """New tokens for somebody; who may not have them any more has to sign in again."""
    try:
        new = provider.fetch_access_token(grant_type="refresh_token", refresh_token=found["token"]["refresh_token"])
    except OAuthError as error:
        app.logger.warning("refresh: %s", error.error)
        forget()
        raise Refused("Uw aanmelding is verlopen. Meld u opnieuw aan.", 403)
    found.update(token={**found["token"], **new}, since=time.time())

def serve():
    run(app, host="127.0.0.1", port=int(os.environ["PORT"]))
