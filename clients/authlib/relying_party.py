"""A relying party over Authlib's own OpenID Connect client: what an integrator of ID-porten, or of a provider by the NL GOV profile,
writes, behind docs/client-contract.md."""
import json
import time
from urllib.parse import parse_qs, urlencode, urlsplit

from authlib.common.security import generate_token
from authlib.integrations.base_client import OAuth2Mixin, OpenIDMixin
from authlib.integrations.base_client.sync_app import BaseApp
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from authlib.oauth2.rfc7523.assertion import private_key_jwt_sign
from contract import Refused, require, serve, settings

by_key = settings.get("client_authentication") == "private_key_jwt"
SCALES = [["idporten-loa-substantial", "idporten-loa-high"], ["http://eidas.europa.eu/LoA/" + level for level in ("low", "substantial", "high")]]
LEVELS = next((scale for scale in SCALES if settings.get("acr_values") in scale), [])

class KeyOfOurs(PrivateKeyJWT):
    def sign(self, auth, audience):  # Authlib's own makes assertions of an hour without kid
        return private_key_jwt_sign(auth.client_secret, client_id=auth.client_id, token_endpoint=settings["issuer"], alg="RS256",
                                    header={"kid": settings.get("key_id")}, expires_in=60)

class Provider(OAuth2Mixin, OpenIDMixin, BaseApp):
    client_cls = OAuth2Session

app = Provider(None, client_id=settings.get("client_id"), client_secret=settings.get("private_key" if by_key else "client_secret"),
               server_metadata_url=settings.get("metadata_endpoint"), client_auth_methods=[KeyOfOurs()] if by_key else None,
               client_kwargs={"scope": settings.get("scope"), "code_challenge_method": "S256", "default_timeout": 5,
                              "token_endpoint_auth_method": settings.get("client_authentication", "client_secret_basic")})
pending, signed_in = {}, {}

def check():
    require("client_id", "issuer", "metadata_endpoint", "redirect_uri", "scope", "private_key" if by_key else "client_secret")

def sign_in(_):
    if app.load_server_metadata().get("issuer") != settings["issuer"]:  # Authlib believes what the metadata says
        app.server_metadata.clear()
        raise Refused("the metadata is of another issuer")
    single = {"claims": json.dumps(settings["claims"])} if settings.get("claims") else {}
    if settings.get("response_mode") == "form_post":
        single["response_mode"] = "form_post"
    made = app.create_authorization_url(settings["redirect_uri"], acr_values=settings.get("acr_values"),
                                          nonce=generate_token(24), **single)  # its own nonces have 119 bits
    pending.update(made)
    return {"open": made["url"]}

def validated(token, nonce):
    claims = app.parse_id_token(token, nonce=nonce)
    if claims is None:
        raise Refused("there is no ID Token in the answer")
    if claims["aud"] != settings["client_id"]:
        raise Refused("the ID Token is for another client")
    return claims

def represented(claims):
    """For whom the user acts (NL GOV): the innermost of a chain of representation."""
    if "represents" not in claims:
        return []
    party = claims["represents"]
    if not isinstance(party, dict) or not isinstance(party.get("sub"), str) or not isinstance(party.get("iss"), str):
        raise Refused("the ID Token does not say whom the user represents")
    return represented(party) or [f"the user acts for {party['sub']} ({party.get('sub_id_type', party['iss'])})"]

def callback(message):
    if ("form" in message) != (settings.get("response_mode") == "form_post"):
        raise Refused("the return came in another way than was asked for")
    values, sent = parse_qs(message.get("form", urlsplit(message["callback"]).query)), dict(pending)
    query = {name: given[0] for name, given in values.items() if len(given) == 1}  # what comes twice counts for nothing
    pending.clear()
    signed_in.clear()
    if not sent or query.get("state") != sent["state"]:
        raise Refused("this return belongs to no sign-in of ours")
    if "code" not in query:
        raise Refused(f"the provider did not let the user in: {query.get('error', 'no code')}")
    is_named = app.load_server_metadata().get("authorization_response_iss_parameter_supported")
    if query.get("iss", None if is_named else settings["issuer"]) != settings["issuer"]:  # RFC 9207, which Authlib does not know
        raise Refused("this return is from another issuer")
    token = app.fetch_access_token(settings["redirect_uri"], code=query["code"], state=query["state"], code_verifier=sent["code_verifier"], allow_redirects=False,
                                   **({"client_id": settings["client_id"]} if by_key else {}))
    claims = validated(token, sent["nonce"])
    if LEVELS.index(claims.get("acr")) < LEVELS.index(settings["acr_values"]):
        raise Refused("the user did not sign in as surely as this service needs")
    warnings = represented(claims)
    signed_in.update(token=token, sub=claims["sub"])
    return {"done": {"warnings": warnings}}

def refresh(_=None):
    old = dict(signed_in)
    if not old.get("token", {}).get("refresh_token"):
        raise Refused("not signed in; sign in first")
    signed_in.clear()
    metadata = app.load_server_metadata()
    with app._get_oauth_client(**metadata) as session:
        session.update_token = None
        token = session.refresh_token(metadata["token_endpoint"], refresh_token=old["token"]["refresh_token"], allow_redirects=False)
    if "id_token" in token and validated(token, None)["sub"] != old["sub"]:
        raise Refused("the refreshed tokens are of another user")
    signed_in.update(token={**old["token"], **token}, sub=old["sub"])
    return {"done": {}}

def call(message):
    if not signed_in:
        raise Refused("not signed in; sign in first")
    if time.time() > signed_in["token"].get("expires_at", 0) - 5:
        refresh()
    user = app.userinfo(token=signed_in["token"], allow_redirects=False)
    if user.get("sub") != signed_in["sub"]:
        raise Refused("userinfo is of another user")
    return {"done": {"status": 200, "items": len(user)}}

def sign_out(_):
    hint = signed_in.get("token", {}).get("id_token")
    signed_in.clear()
    parameters = {"post_logout_redirect_uri": settings["post_logout_redirect_uri"], "client_id": settings["client_id"], "state": generate_token(24)}
    return {"open": app.load_server_metadata()["end_session_endpoint"] + "?" + urlencode({**parameters, **({"id_token_hint": hint} if hint else {})})}

serve({"sign-in": sign_in, "callback": callback, "refresh": refresh, "call": call, "sign-out": sign_out}, check)
