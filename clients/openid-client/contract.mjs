// What every program here has in common: the lines of docs/client-contract.md, the settings, and patience with a busy server.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { webcrypto } from 'node:crypto';

globalThis.crypto ??= webcrypto; // Node 18 has it, but not as a global

export class Refused extends Error {}

export const settings = JSON.parse(readFileSync(process.env.KEUR_SETTINGS, 'utf8'));
let notBefore = 0;

// Throws what the user has to be told first: a setting that is missing, a server that asked for time.
export function checkSettings(...names) {
  for (const name of names) {
    if (!settings[name]) throw new Refused(`the setting '${name}' is missing; take it from your registration`);
    if (/(_endpoint|_url|^api|^issuer)$/.test(name) && !settings[name].startsWith('https://')) throw new Refused(`the setting '${name}' is not an https address`);
  }
  const seconds = (notBefore - Date.now()) / 1000;
  if (seconds > 0) throw new Refused(`the server is busy; try again in ${Math.ceil(seconds)} seconds`);
}

// A fetch that remembers how long a 429 or 503 asks to be left alone, and refuses to go on.
export async function politeFetch(url, options, by = fetch) {
  const response = await by(url, options);
  if (response.status === 429 || response.status === 503) {
    const value = response.headers.get('retry-after') ?? '';
    notBefore = /^\d+$/.test(value) ? Date.now() + value * 1000 : Date.parse(value) || Date.now() + 300_000;
    checkSettings();
  }
  return response;
}

const words = (error) => [error.message, error.error, error.error_description, error.cause?.message ?? error.cause?.code].filter(Boolean).join(': ').replace(/[\x00-\x1f\x7f]+/g, ' ');

// Answers each line by the action it asks for; `prepare` runs before each.
export async function serve(actions, prepare) {
  for await (const line of createInterface({ input: process.stdin })) {
    const message = JSON.parse(line);
    const name = message.callback ? 'callback' : message.do;
    let answer = { unsupported: name };
    try {
      if (actions[name]) {
        await prepare();
        answer = await actions[name](message);
      }
    } catch (error) {
      answer = { refused: words(error) };
    }
    console.log(JSON.stringify(answer));
  }
}
