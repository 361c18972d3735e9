"""Mijn Stad for people who come with ID-porten: what is known of them, and signing out there, too."""
import secrets
from urllib.parse import urlencode

from flask import redirect, request, session
from portal import Refused, app, forget, person, provider, serve, settings, show

LEVELS = ["idporten-loa-substantial", "idporten-loa-high"]
app.config["LINKS"] = [("/gegevens", "Mijn gegevens")]
app.config["AUTHORIZE"] = {"acr_values": settings.get("acr_values")}

@app.before_request
def check_return():
    """What Authlib leaves to the application of an answer: who it is from (RFC 9207), and whether it is one."""
    if request.path != "/terug":
        return None
    if "code" not in request.args and request.args.get("state") and request.args["state"] == session.pop("leaving", None):
        return show("Afgemeld", "Tot ziens.", [("/", "Naar het begin")])
    is_named = provider.load_server_metadata().get("authorization_response_iss_parameter_supported")
    if request.args.get("iss", None if is_named else settings["issuer"]) != settings["issuer"]:
        raise Refused("Dit antwoord komt niet van ID-porten. Begin opnieuw.", 403)
    return None

def check_level(user):
    if user.get("acr") not in LEVELS[LEVELS.index(settings["acr_values"]):]:
        raise Refused("U hebt u niet zeker genoeg aangemeld voor deze dienst.", 403)

app.config["CHECK_USER"] = check_level

@app.get("/gegevens")
def userinfo():
    found = person()
    user = provider.userinfo(token=found["token"])  # renews the tokens when they are over
    if user["sub"] != found["user"]["sub"]:
        raise Refused("Deze gegevens zijn van iemand anders.")
    return show("Mijn gegevens", f"{len(user)} gegevens over {user.get('name') or user['sub']}.", [("/", "Terug")])

@app.get("/afmelden")
def sign_out():
    found = forget() or {}
    session["leaving"] = secrets.token_urlsafe(24)
    hint = {"id_token_hint": found["token"]["id_token"]} if found else {}
    return redirect(provider.load_server_metadata()["end_session_endpoint"] + "?" + urlencode({
        "client_id": settings["client_id"], "post_logout_redirect_uri": settings["post_logout_redirect_uri"], "state": session["leaving"], **hint}), 303)

serve()
