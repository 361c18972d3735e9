"""Maskinporten over pycurl, which Debian builds on GnuTLS: what an integrator writes, behind the lines of docs/client-contract.md."""
import io, json, re, time, uuid
from urllib.parse import urlencode

import pycurl
from authlib.jose import jwt
from contract import Refused, obey_retry_after, require, serve, settings

tokens = {}

class Answer:
    """What a transfer brought; obey_retry_after() reads it as one of requests."""
    def __init__(self, status, headers, content):
        self.status_code, self.headers, self.content = status, headers, content

    def json(self):
        return json.loads(self.content)

def ask(url, *headers, form=None):
    body, lines = io.BytesIO(), []
    transfer = pycurl.Curl()
    for option, value in ((pycurl.URL, url), (pycurl.CAINFO, settings["ca_file"]), (pycurl.PROTOCOLS, pycurl.PROTO_HTTPS), (pycurl.TIMEOUT, 5),
                          (pycurl.HTTPHEADER, list(headers)), (pycurl.WRITEDATA, body), (pycurl.MAXFILESIZE, 4 << 20),
                          (pycurl.HEADERFUNCTION, lambda line: lines.append(line.decode("latin-1")))):
        transfer.setopt(option, value)
    if form is not None:
        transfer.setopt(pycurl.POSTFIELDS, urlencode(form))
    try:
        transfer.perform()
        answer = Answer(transfer.getinfo(pycurl.RESPONSE_CODE), dict(re.findall(r"^([\w-]+): *(.*?)\s*$", "".join(lines), re.M)), body.getvalue())
    except pycurl.error as error:
        raise Refused(f"the server was not reached: {error.args[1]}")
    finally:
        transfer.close()
    obey_retry_after(answer)
    return answer

def header():
    if settings.get("key_id"):
        return {"alg": "RS256", "kid": settings["key_id"]}
    bodies = re.findall("-----BEGIN CERTIFICATE-----(.+?)-----END", settings["certificate_chain"], re.S)
    return {"alg": "RS256", "x5c": ["".join(body.split()) for body in bodies]}

def fetch(grant):
    now = int(time.time())
    claims = dict(grant, iss=settings["client_id"], aud=settings["issuer"], iat=now, exp=now + 100, jti=str(uuid.uuid4()))
    answer = ask(settings["token_endpoint"], form={"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer",
                                                   "assertion": jwt.encode(header(), claims, settings["private_key"]).decode()})
    told = answer.json()
    if answer.status_code != 200 or not isinstance(told, dict):
        raise Refused(f"no token was given ({answer.status_code}): {told.get('error')}: {told.get('error_description')}")
    token = told.get("access_token")
    if not (isinstance(token, str) and token and str(told.get("token_type")).lower() == "bearer"):
        raise Refused("the answer of the token endpoint cannot be used")
    return token, now + int(told.get("expires_in", 60)) - 5

def token_for(operation, anew=False):
    grant = settings["grants"][operation]
    kind = json.dumps(grant, sort_keys=True)
    if anew or kind not in tokens or time.time() >= tokens[kind][1]:
        tokens[kind] = fetch(grant)
    return tokens[kind][0]

def check():
    require("client_id", "issuer", "token_endpoint", "private_key", "api")

def token(_):
    token_for(next(iter(settings["operations"])))
    return {"done": {}}

def call(message):
    operation = message["operation"]
    url = settings["api"] + settings["operations"][operation]
    answer = ask(url, "Authorization: Bearer " + token_for(operation))
    if answer.status_code == 401:
        answer = ask(url, "Authorization: Bearer " + token_for(operation, anew=True))
    if answer.status_code != 200:
        raise Refused(f"the API answered {answer.status_code}")
    return {"done": {"status": 200, "items": len(answer.json()["items"])}}

serve({"token": token, "call": call}, check)
