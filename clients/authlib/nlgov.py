"""The NL GOV profile over Authlib: what an integrator writes, behind the lines of docs/client-contract.md."""
import threading, time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qs, urlsplit

from authlib.common.security import generate_token
from authlib.common.urls import add_params_to_uri
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from authlib.oauth2.rfc7523.assertion import private_key_jwt_sign
from authlib.oauth2.rfc8414 import AuthorizationServerMetadata
from contract import Refused, obey_retry_after, require, serve, settings

pending, renewing, for_api = {}, threading.Lock(), {}
server = {name: value for name, value in settings.items() if name.endswith("_endpoint")}
server.update(settings.get("mtls_endpoint_aliases", {}))
read_at = 0

class KeyOfOurs(PrivateKeyJWT):
    def __init__(self, key_id):
        super().__init__()
        self.key_id = key_id

    def sign(self, auth, token_endpoint):  # Authlib's own makes assertions of an hour without kid
        audience = token_endpoint.split("?")[0] if settings.get("assertion_audience") == "token_endpoint" else settings["issuer"]
        return private_key_jwt_sign(auth.client_secret, client_id=auth.client_id, token_endpoint=audience, alg="RS256",
                                    header={"kid": self.key_id}, expires_in=60)

certificate = settings.get("client_certificate_file") and (settings["client_certificate_file"], settings["client_key_file"])
by_certificate = settings.get("client_authentication", "").endswith("tls_client_auth")

def session_of(account, **more):
    by_key = bool(account.get("private_key"))
    method = "private_key_jwt" if by_key else "none" if by_certificate or not account.get("client_secret") else "client_secret_basic"
    made = OAuth2Session(account.get("client_id"), account["private_key"] if by_key else account.get("client_secret"),
                         scope=account.get("scope"), default_timeout=5, **more,
                         token_endpoint_auth_method=method, revocation_endpoint_auth_method=method)
    made.cert = certificate or None
    if by_key:
        made.register_client_auth_method(KeyOfOurs(account.get("key_id")))
    made.hooks["response"].append(obey_retry_after)
    return made

session = session_of(settings, redirect_uri=settings.get("redirect_uri"), code_challenge_method="S256")
own = session_of(settings["machine"])

def check():
    if by_certificate:
        require("client_certificate_file", "client_key_file")
    if not settings.get("metadata_endpoint"):
        return require("client_id", "redirect_uri", "scope", "authorization_endpoint", "token_endpoint", "revocation_endpoint", "api")
    require("client_id", "redirect_uri", "scope", "api", "metadata_endpoint", "issuer")
    if time.time() - read_at > 86400:
        discover()

def discover():
    global read_at
    answer = session.get(settings["metadata_endpoint"], withhold_token=True, allow_redirects=False)
    answer.raise_for_status()
    metadata = AuthorizationServerMetadata(answer.json())
    metadata.validate()
    if metadata["issuer"] != settings["issuer"]:
        raise Refused("the metadata is of another issuer")
    server.update({name: value for name, value in metadata.items() if name.endswith("_endpoint")})
    if certificate:
        server.update(metadata.get("mtls_endpoint_aliases", {}))
    settings["authorization_response_iss_parameter_supported"] = metadata.get("authorization_response_iss_parameter_supported")
    read_at = time.time()

def sign_in(_):
    verifier = generate_token(64)
    url, state = session.create_authorization_url(server["authorization_endpoint"], code_verifier=verifier)
    if settings.get("resources"):
        url = add_params_to_uri(url, [("resource", resource) for resource in sorted(set(settings["resources"].values()))])
    pending.update(state=state, code_verifier=verifier)
    return {"open": url}

def callback(message):
    query, sent = parse_qs(urlsplit(message["callback"]).query), dict(pending)
    pending.clear()
    if not sent:
        raise Refused("no sign-in is under way; start again")
    if message["callback"].split("?")[0] != settings["redirect_uri"].split("?")[0]:
        raise Refused("this return did not come to our redirect address")
    named = settings.get("authorization_response_iss_parameter_supported")
    if query.get("iss") != ([settings["issuer"]] if named else None):  # Authlib does not look at it
        raise Refused("this return is not from our server")
    if "error" in query:
        raise Refused(f"the server did not give access: {query['error'][0]}")
    token = session.fetch_token(server["token_endpoint"], authorization_response=message["callback"], allow_redirects=False, **sent)
    less = set(settings["scope"].split()) - set(token.get("scope", settings["scope"]).split())
    return {"done": {"warnings": [f"the server granted a smaller scope, without {' '.join(sorted(less))}"]} if less else {}}

def refresh(_=None, worn=None):
    with renewing:
        if not session.token:
            raise Refused("not signed in; sign in first")
        if worn is None or worn == session.token:  # else another thread was here first
            try:
                session.refresh_token(server["token_endpoint"], allow_redirects=False)
            except Exception as error:
                if getattr(error, "error", "") == "invalid_grant":
                    session.token = None
                raise
    return {"done": {}}

def another_token(resource):
    """A token for one API of several (RFC 8707); the sign-in goes on with the refresh token that came with it."""
    with renewing:
        kept = session.token
        another = session.refresh_token(server["token_endpoint"], resource=resource, allow_redirects=False)
        for_api[resource] = dict(another)
        session.token = {**kept, "refresh_token": another["refresh_token"]}

def exchanged_token(resource):
    """The user's token for one that another party's API takes (RFC 8693)."""
    if session.token and session.token.is_expired():
        refresh(worn=session.token)
    if not session.token:
        raise Refused("not signed in; sign in first")
    kind = "urn:ietf:params:oauth:token-type:access_token"
    asking = session_of({**settings, "scope": None})  # a session keeps the token that it was given last
    token = asking.fetch_token(server["token_endpoint"], grant_type="urn:ietf:params:oauth:grant-type:token-exchange", resource=resource,
                               subject_token=session.token["access_token"], subject_token_type=kind, requested_token_type=kind, allow_redirects=False)
    if token.get("issued_token_type") != kind or str(token.get("token_type")).lower() != "bearer":
        raise Refused("the exchange brought something else than an access token for any bearer")
    for_api[resource] = dict(token)

def fresh_own_token():
    own.fetch_token(server["token_endpoint"], grant_type="client_credentials", allow_redirects=False)

def get(operation, again=True):
    path = settings["operations"][operation]
    url = path if path.startswith("https://") else settings["api"] + path
    if operation in settings.get("exchanges", {}):
        return get_elsewhere(url, settings["exchanges"][operation], exchanged_token)
    resource = settings.get("resources", {}).get(operation, settings["api"])
    if not settings["api"].startswith(resource):
        return get_elsewhere(url, resource, another_token)
    on_own_behalf = operation in settings["machine"]["operations"]
    caller = own if on_own_behalf else session
    renew = fresh_own_token if on_own_behalf else lambda: refresh(worn=caller.token)
    token = caller.token
    if not token or token.is_expired():
        renew()
    token = caller.token
    answer = caller.get(url, allow_redirects=False)
    if answer.status_code == 401 and again:
        renew()
        return get(operation, again=False)
    if answer.status_code == 401:
        caller.token = None  # even a fresh token is refused
    if answer.status_code != 200:
        raise Refused(f"the API answered {answer.status_code}: {' '.join(answer.text.split())[:200]}")
    return {"status": 200, "items": len(answer.json()["items"])}

def get_elsewhere(url, resource, new_token):
    if resource not in for_api or for_api[resource]["expires_at"] < time.time():
        new_token(resource)
    answer = session.get(url, withhold_token=True, headers={"Authorization": f"Bearer {for_api[resource]['access_token']}"}, allow_redirects=False)
    if answer.status_code != 200:
        raise Refused(f"the API answered {answer.status_code}")
    return {"status": 200, "items": len(answer.json()["items"])}

def call(message):
    operations = [message["operation"]] * message.get("at-once", 1)
    with ThreadPoolExecutor(len(operations)) as pool:
        return {"done": list(pool.map(get, operations))[0]}

def sign_out(_):
    if session.token:
        answer = session.revoke_token(server["revocation_endpoint"], token=session.token["refresh_token"])
        if answer.status_code != 200:
            raise Refused(f"the revocation endpoint answered {answer.status_code}; the token still works")
        session.token = None
    return {"done": {}}

serve({"sign-in": sign_in, "callback": callback, "call": call, "refresh": refresh, "sign-out": sign_out}, check)
