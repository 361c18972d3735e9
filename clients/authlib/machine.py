"""Maskinporten over Authlib's AssertionSession: what an integrator writes, behind the lines of docs/client-contract.md."""
import json, re, uuid

from authlib.integrations.requests_client import AssertionSession
from contract import Refused, obey_retry_after, require, serve, settings

sessions = {}

def header():
    if settings.get("key_id"):
        return {"alg": "RS256", "kid": settings["key_id"]}
    bodies = re.findall("-----BEGIN CERTIFICATE-----(.+?)-----END", settings["certificate_chain"], re.S)
    return {"alg": "RS256", "x5c": ["".join(body.split()) for body in bodies]}

class Maskinporten(AssertionSession):
    def __init__(self, grant):
        super().__init__(settings["token_endpoint"], settings["client_id"], None, audience=settings["issuer"],
                         key=settings["private_key"], header=header(), expires_in=100, default_timeout=5)
        self.grant = grant
        self.hooks["response"].append(obey_retry_after)

    def refresh_token(self):  # the library makes no jti
        self.claims = dict(self.grant, jti=str(uuid.uuid4()))
        return super().refresh_token()

def check():
    require("client_id", "issuer", "token_endpoint", "private_key", "api")

def session_for(operation):
    grant = settings["grants"][operation]
    return sessions.setdefault(json.dumps(grant, sort_keys=True), Maskinporten(grant))

def token(_):
    session_for(next(iter(settings["operations"]))).refresh_token()
    return {"done": {}}

def call(message):
    operation = message["operation"]
    session, url = session_for(operation), settings["api"] + settings["operations"][operation]
    answer = session.get(url, allow_redirects=False)
    if answer.status_code == 401:
        session.refresh_token()
        answer = session.get(url, allow_redirects=False)
    if answer.status_code != 200:
        raise Refused(f"the API answered {answer.status_code}")
    return {"done": {"status": 200, "items": len(answer.json()["items"])}}

serve({"token": token, "call": call}, check)
