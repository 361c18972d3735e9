"""Mijn Stad hands its signed-in citizen over to Mijn Burgerprofiel, without a second login."""
import time
from urllib.parse import urlencode, urlsplit

import requests
from flask import redirect
from portal import OAuthError, Refused, app, forget, person, provider, refresh, serve, settings

ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token"
app.config["LINKS"] = [("/mijn-burgerprofiel", "Naar Mijn Burgerprofiel")]

def exchange(token):
    answer = provider.fetch_access_token(
        grant_type="urn:ietf:params:oauth:grant-type:token-exchange", audience=settings["audience"], subject_token=token,
        subject_token_type=ACCESS_TOKEN, actor_token=token, actor_token_type=ACCESS_TOKEN,
        scope=None)  # else Authlib asks for that of the sign-in
    exchanged = answer.get("access_token")  # Authlib hands on what came
    if not exchanged or not isinstance(exchanged, str) or answer.get("issued_token_type") != ACCESS_TOKEN:
        raise Refused("the exchange brought no access token")
    return exchanged

def temporary_token(token):
    for _ in range(2):  # a 401 means that the exchanged token is no longer good: another may be
        answer = requests.post(settings["hand_over_endpoint"], json={"token": exchange(token), "token_type": ACCESS_TOKEN},
                               timeout=5, allow_redirects=False)
        if answer.status_code != 401:
            break
    value = answer.json()["token"] if answer.status_code == 200 else None
    if not value or not isinstance(value, str):
        raise Refused(f"Mijn Burgerprofiel answered {answer.status_code} without a token")
    return value

@app.get("/mijn-burgerprofiel")
def hand_off():
    citizen = person()
    if time.time() - citizen["since"] > 600 and "refresh_token" in citizen["token"]:  # the portal's session lives no longer than this token
        refresh(citizen)
    if time.time() > citizen["token"]["expires_at"]:
        forget()
        raise Refused("Uw aanmelding is verlopen. Meld u opnieuw aan.", 403)
    page = urlsplit(settings["landing_url"])
    try:
        query = urlencode({"token": temporary_token(citizen["token"]["access_token"])})
    except (OAuthError, Refused, requests.RequestException, ValueError, KeyError) as error:
        app.logger.warning("no temporary token (%s): the user has to sign in there", type(error).__name__)
        return redirect(page.geturl(), 303)
    return redirect(page._replace(query=f"{page.query}&{query}" if page.query else query).geturl(), 303)

@app.get("/afmelden")
def sign_out():
    forget()
    return redirect(settings["end_session_endpoint"] + "?" + urlencode({
        "client_id": settings["client_id"], "post_logout_redirect_uri": settings["post_logout_redirect_uri"]}), 303)

serve()
