"""Loket over Authlib: what an integrator writes, behind the lines of docs/client-contract.md."""
import threading
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qs, urlsplit

from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session
from contract import Refused, obey_retry_after, require, serve, settings

session = OAuth2Session(settings.get("client_id"), settings.get("client_secret"), scope=settings.get("scope"),
                        redirect_uri=settings.get("redirect_uri"), code_challenge_method="S256",
                        token_endpoint_auth_method="client_secret_post", default_timeout=5)
session.hooks["response"].append(obey_retry_after)
pending, renewing = {}, threading.Lock()

def check():
    require("client_id", "client_secret", "redirect_uri", "scope", "authorization_endpoint", "token_endpoint", "api", "accept")

def sign_in(_):
    verifier = generate_token(64)
    url, state = session.create_authorization_url(settings["authorization_endpoint"], code_verifier=verifier)
    pending.update(state=state, code_verifier=verifier)
    return {"open": url}

def callback(message):
    query, sent = parse_qs(urlsplit(message["callback"]).query), dict(pending)
    pending.clear()
    if not sent:
        raise Refused("no sign-in is under way; start again")
    if message["callback"].split("?")[0] != settings["redirect_uri"].split("?")[0]:
        raise Refused("this return did not come to our redirect address")
    if "error" in query:
        raise Refused(f"Loket did not give access: {query['error'][0]}")
    session.fetch_token(settings["token_endpoint"], authorization_response=message["callback"], allow_redirects=False, **sent)
    return {"done": {}}

def refresh(_=None, worn=None):
    with renewing:
        if not session.token:
            raise Refused("not signed in; sign in first")
        if worn is None or worn == session.token:  # else another thread was here first
            try:
                session.refresh_token(settings["token_endpoint"], allow_redirects=False)
            except Exception as error:
                if getattr(error, "error", "") == "invalid_grant":
                    session.token = None
                raise
    return {"done": {}}

def get(path, page, again=True):
    if not session.token or session.token.is_expired():
        refresh(worn=session.token)
    token = session.token
    answer = session.get(settings["api"] + path, params={"pageNumber": page}, headers={"Accept": settings["accept"]})
    if answer.status_code == 401 and again:
        refresh(worn=token)
        return get(path, page, again=False)
    if answer.status_code == 401:
        session.token = None  # even a fresh token is refused: only a new sign-in can help
    if answer.status_code != 200:
        raise Refused(f"Loket answered {answer.status_code}: {' '.join(answer.text.split())[:200]}")
    return answer.json()

def read_all(path):
    pages = [get(path, 1)]
    while len(pages) < pages[-1].get("totalPages", 1):
        pages.append(get(path, len(pages) + 1))
    obsolete = {(page.get("version") or {}).get("obsoleteDate") for page in pages} - {None}
    return {"status": 200, "items": sum(len(page.get("_embedded", [1])) for page in pages),
            "warnings": [f"this version of the API is obsolete from {date}" for date in obsolete]}

def call(message):
    paths = [settings["operations"][message["operation"]]] * message.get("at-once", 1)
    with ThreadPoolExecutor(len(paths)) as pool:
        return {"done": list(pool.map(read_all, paths))[0]}

serve({"sign-in": sign_in, "callback": callback, "call": call, "refresh": refresh}, check)
