// Loket over golang.org/x/oauth2: what an integrator writes, behind the lines of docs/client-contract.md.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"golang.org/x/oauth2"
)

type loket struct {
	config          oauth2.Config
	state, verifier string // of the sign-in that is under way
	guard           sync.Mutex
	kept            *oauth2.Token
}

func newLoket() program {
	l := &loket{config: oauth2.Config{
		ClientID: setting("client_id"), ClientSecret: setting("client_secret"), RedirectURL: setting("redirect_uri"),
		Scopes: strings.Fields(setting("scope")),
		Endpoint: oauth2.Endpoint{AuthURL: setting("authorization_endpoint"), TokenURL: setting("token_endpoint"),
			AuthStyle: oauth2.AuthStyleInParams},
	}}
	return program{
		check: func() error {
			return require("client_id", "client_secret", "redirect_uri", "scope", "authorization_endpoint", "token_endpoint", "api", "accept")
		},
		actions: map[string]action{"sign-in": l.signIn, "callback": l.callback, "call": l.call, "refresh": l.refresh},
	}
}

func (l *loket) signIn(message) (answer, error) {
	l.state, l.verifier = random(), random()
	return answer{"open": l.config.AuthCodeURL(l.state, challenge(l.verifier), oauth2.SetAuthURLParam("code_challenge_method", "S256"))}, nil
}

func (l *loket) callback(asked message) (answer, error) {
	state, verifier := l.state, l.verifier
	l.state, l.verifier = "", ""
	query, err := returned(asked.Callback, state)
	if err != nil {
		return nil, err
	}
	token, err := l.config.Exchange(ctx, query.Get("code"), oauth2.SetAuthURLParam("code_verifier", verifier))
	if err != nil {
		return nil, err
	}
	l.keep(token)
	return answer{"done": answer{}}, nil
}

func (l *loket) keep(token *oauth2.Token) {
	l.guard.Lock()
	defer l.guard.Unlock()
	l.kept = token
}

// token is the present one, renewed by the library: when it has expired, or when it is `worn`, that is, refused by the server.
func (l *loket) token(worn *oauth2.Token) (*oauth2.Token, error) {
	l.guard.Lock()
	defer l.guard.Unlock()
	if l.kept == nil {
		return nil, errors.New("not signed in; sign in first")
	}
	from := l.kept
	if from == worn { // else another call was here first
		from = &oauth2.Token{RefreshToken: worn.RefreshToken}
	}
	token, err := l.config.TokenSource(ctx, from).Token()
	if err == nil || isFinal(err, "invalid_grant") {
		l.kept = token
	}
	return token, err
}

func (l *loket) refresh(message) (answer, error) {
	_, err := l.token(l.kept)
	return answer{"done": answer{}}, err
}

type page struct {
	TotalPages int               `json:"totalPages"`
	Embedded   []json.RawMessage `json:"_embedded"`
	Version    struct {
		ObsoleteDate string `json:"obsoleteDate"`
	} `json:"version"`
}

func (l *loket) get(path string, number int) (result page, err error) {
	var token *oauth2.Token
	var status int
	var body []byte
	for attempt := 0; attempt == 0 || (attempt == 1 && status == http.StatusUnauthorized); attempt++ {
		if token, err = l.token(token); err != nil {
			return result, err
		}
		client := oauth2.NewClient(ctx, oauth2.StaticTokenSource(token))
		address := fmt.Sprintf("%s%s?pageNumber=%d", setting("api"), path, number)
		if status, body, err = ask(client, "GET", address, map[string]string{"Accept": setting("accept")}, ""); err != nil {
			return result, err
		}
	}
	if status == http.StatusUnauthorized {
		l.keep(nil) // even a fresh token is refused: only a new sign-in can help
	}
	if status != http.StatusOK {
		return result, fmt.Errorf("Loket answered %d: %.200s", status, body)
	}
	return result, json.Unmarshal(body, &result)
}

func (l *loket) readAll(path string) (answer, error) {
	items, warnings := 0, []string{}
	for number, last := 1, 1; number <= last; number++ {
		read, err := l.get(path, number)
		if err != nil {
			return nil, err
		}
		last = read.TotalPages
		items += len(read.Embedded)
		if date := read.Version.ObsoleteDate; date != "" && number == 1 {
			warnings = append(warnings, "this version of the API is obsolete from "+date)
		}
	}
	return answer{"status": http.StatusOK, "items": items, "warnings": warnings}, nil
}

func (l *loket) call(asked message) (answer, error) {
	type outcome struct {
		read answer
		err  error
	}
	outcomes := make(chan outcome)
	times := asked.AtOnce
	if times < 1 {
		times = 1
	}
	for i := 0; i < times; i++ {
		go func() {
			read, err := l.readAll(pathOf(asked.Operation))
			outcomes <- outcome{read, err}
		}()
	}
	var all outcome
	for i := 0; i < times; i++ {
		if one := <-outcomes; i == 0 || one.err != nil {
			all = one
		}
	}
	return answer{"done": all.read}, all.err
}
