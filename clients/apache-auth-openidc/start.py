"""Fills in httpd.conf from the settings and becomes Apache."""
import json, os, secrets, subprocess, sys
from urllib.parse import quote, urlencode

settings = json.load(open(os.environ["KEUR_SETTINGS"], encoding="utf-8"))
LEVELS = ["http://eidas.europa.eu/LoA/low", "http://eidas.europa.eu/LoA/substantial", "http://eidas.europa.eu/LoA/high"]
MODULES = ["mpm_event", "authn_core", "authz_core", "authz_user", "socache_shmcb", "ssl", "alias", "headers", "include", "auth_openidc"]
ERRORS = {400: "this cannot be understood", 401: "not signed in, or not surely enough", 403: "not for you", 404: "nothing here", 500: "it went wrong"}
folder, here = os.getcwd(), os.path.dirname(os.path.abspath(__file__))

for name in ("client_id", "metadata_endpoint", "redirect_uri", "scope", "private_key", "key_id"):
    if not settings.get(name):
        sys.exit(f"the setting '{name}' is missing; take it from your registration")
with open("client.key", "w", encoding="ascii", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
    file.write(settings["private_key"])
subprocess.run(["openssl", "pkey", "-in", "client.key", "-pubout", "-out", "client.pub"], check=True)

parameters = {"acr_values": settings["acr_values"], "claims": json.dumps(settings["claims"])}
more = []
if settings.get("userinfo_signed_response_alg"):
    more.append("OIDCUserInfoSignedResponseAlg " + settings["userinfo_signed_response_alg"])
if settings.get("response_mode") == "form_post":
    more.append("OIDCResponseMode form_post")
if settings.get("request_objects") == "by-value":
    wish = {"copy_from_request": ["client_id", "redirect_uri", "response_type", "scope", "state", "nonce", "code_challenge", "code_challenge_method", *parameters],
            "crypto": {"sign_alg": settings["algorithm"]}, "request_object_type": "request"}
    more.append('OIDCRequestObject "' + json.dumps(wish).replace('"', '\\"') + '"')

with open(os.path.join(here, "httpd.conf"), encoding="utf-8") as file:
    template = file.read()
with open("httpd.conf", "w", encoding="utf-8", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
    file.write(template.format(
        **{name: settings[name] for name in ("redirect_uri", "metadata_endpoint", "ca_file", "client_id", "key_id", "scope")},
        folder=folder, here=here, pages=os.path.join(here, "pages"), quoted_redirect_uri=quote(settings["redirect_uri"], safe=""), port=os.environ["PORT"], certificate=os.environ["CERTIFICATE"], key=os.environ["KEY"], passphrase=secrets.token_hex(16),
        modules="\n".join(f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so" for name in MODULES),
        parameters=urlencode(parameters, quote_via=quote), id_token_alg=settings.get("id_token_signed_response_alg") or "RS256",
        errors="\n".join(f'ErrorDocument {status} "Error: {words}"' for status, words in ERRORS.items()),
        levels="\n            ".join(f'Require claim "acr:{level}"' for level in LEVELS[LEVELS.index(settings["acr_values"]):]), more="\n".join(more)))
apache = ["apache2", "-D", "FOREGROUND", "-d", folder, "-f", os.path.join(folder, "httpd.conf")]
if os.geteuid() == 0:  # Apache would become another user, who must not read this folder: it is one from the start, of a namespace of its own
    apache = ["unshare", "--user", "--map-user=1000", "--map-group=1000", "--", *apache]
os.execvp(apache[0], apache)
