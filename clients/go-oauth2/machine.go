// Maskinporten over golang.org/x/oauth2/jwt: what an integrator writes, behind the lines of docs/client-contract.md.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/jwt"
)

type machine struct {
	sources map[string]oauth2.TokenSource // for each kind of token, by the claims that it is asked with
}

func newMachine() program {
	m := &machine{sources: map[string]oauth2.TokenSource{}}
	return program{check: m.check, actions: map[string]action{"token": m.token, "call": m.call}}
}

func (m *machine) check() error {
	if setting("certificate_chain") != "" {
		return unsupported("golang.org/x/oauth2/jwt names its key by kid only")
	}
	return require("client_id", "issuer", "token_endpoint", "private_key", "key_id", "api")
}

// grant asks for a new token each time: the library keeps no jti, so each assertion is configured anew.
type grant map[string]any

func (g grant) Token() (*oauth2.Token, error) {
	claims := map[string]any{"jti": random()}
	for name, value := range g {
		if name != "scope" {
			claims[name] = value
		}
	}
	scope, _ := g["scope"].(string)
	config := jwt.Config{Email: setting("client_id"), Audience: setting("issuer"), TokenURL: setting("token_endpoint"), Scopes: strings.Fields(scope),
		PrivateKey: []byte(setting("private_key")), PrivateKeyID: setting("key_id"), PrivateClaims: claims, Expires: 100 * time.Second}
	return config.TokenSource(ctx).Token()
}

// source gives the tokens that are asked for with `claims`, kept as long as they are good; `anew` throws away what is kept.
func (m *machine) source(claims grant, anew bool) (oauth2.TokenSource, error) {
	name, err := json.Marshal(claims)
	if err == nil && (m.sources[string(name)] == nil || anew) {
		m.sources[string(name)] = oauth2.ReuseTokenSource(nil, claims)
	}
	return m.sources[string(name)], err
}

func (m *machine) token(message) (answer, error) {
	source, err := m.source(grant{"scope": setting("scope")}, false)
	if err == nil {
		_, err = source.Token()
	}
	return answer{"done": answer{}}, err
}

func (m *machine) call(asked message) (answer, error) {
	grants, _ := settings["grants"].(map[string]any)
	claims, _ := grants[asked.Operation].(map[string]any)
	var status int
	var body []byte
	for attempt := 0; attempt == 0 || (attempt == 1 && status == http.StatusUnauthorized); attempt++ {
		source, err := m.source(claims, attempt > 0)
		if err != nil {
			return nil, err
		}
		if status, body, err = ask(oauth2.NewClient(ctx, source), "GET", setting("api")+pathOf(asked.Operation), nil, ""); err != nil {
			return nil, err
		}
	}
	if status != http.StatusOK {
		return nil, fmt.Errorf("the API answered %d", status)
	}
	var list struct {
		Items []json.RawMessage `json:"items"`
	}
	if err := json.Unmarshal(body, &list); err != nil {
		return nil, errors.New("the API's answer cannot be read")
	}
	return answer{"done": answer{"status": status, "items": len(list.Items)}}, nil
}
