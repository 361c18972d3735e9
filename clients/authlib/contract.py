"""What every program here has in common: the lines of docs/client-contract.md, the settings, and patience with a busy server."""
import json, os, sys, time
from email.utils import parsedate_to_datetime

settings = json.load(open(os.environ["KEUR_SETTINGS"], encoding="utf-8"))
not_before = 0

class Refused(Exception):
    pass

def require(*names):
    """Raises what the user has to be told first: a setting that is missing, a server that asked for time."""
    for name in names:
        if not settings.get(name):
            raise Refused(f"the setting '{name}' is missing; take it from your registration")
        if name.endswith(("_endpoint", "_url")) or name == "api":
            if not settings[name].startswith("https://"):
                raise Refused(f"the setting '{name}' is not an https address; the platform is reached over TLS only")
    if time.time() < not_before:
        raise Refused(f"the server is busy; try again in {not_before - time.time():.0f} seconds")

def obey_retry_after(response, **_):
    """A hook of requests: remembers how long a 429 or 503 asks to be left alone, and refuses to go on."""
    global not_before
    if response.status_code in (429, 503):
        response.content  # read to its end before we leave
        value = response.headers.get("Retry-After", "")
        seconds = int(value) if value.isascii() and value.isdigit() else 300
        not_before = parsedate_to_datetime(value).timestamp() if value.endswith("GMT") else time.time() + seconds
        require()

def serve(actions, check):
    """Answers each line by the action it asks for; `check` runs before each."""
    for line in sys.stdin:
        message = json.loads(line)
        name = "callback" if "callback" in message else message.get("do")
        try:
            answer = {"unsupported": str(name)} if name not in actions else check() or actions[name](message)
        except Exception as error:  # whatever stops the library: the user is told, the program lives on
            answer = {"refused": str(error) if isinstance(error, Refused) else f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)
