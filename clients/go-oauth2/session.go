// A user's sign-in over golang.org/x/oauth2, its tokens, and calls with them.
package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync"

	"golang.org/x/oauth2"
)

// keeper has the tokens of one grant; its renew is the library's: it gives `from` back as long as that is good.
type keeper struct {
	guard sync.Mutex
	kept  *oauth2.Token
	renew func(from *oauth2.Token) (*oauth2.Token, error)
}

func (k *keeper) keep(token *oauth2.Token) {
	k.guard.Lock()
	defer k.guard.Unlock()
	k.kept = token
}

// token is the present one, renewed when it has expired, or when it is `worn`, that is, refused by the server.
func (k *keeper) token(worn *oauth2.Token) (*oauth2.Token, error) {
	k.guard.Lock()
	defer k.guard.Unlock()
	from := k.kept
	if worn != nil && from == worn { // else another call was here first
		from = &oauth2.Token{RefreshToken: worn.RefreshToken}
	}
	token, err := k.renew(from)
	if err == nil || isFinal(err, "invalid_grant") {
		k.kept = token
	}
	return token, err
}

// get calls the API, once more with a new token when it refuses the one we have.
func (k *keeper) get(address, accept string) (status int, body []byte, err error) {
	var token *oauth2.Token
	for attempt := 0; attempt == 0 || (attempt == 1 && status == http.StatusUnauthorized); attempt++ {
		if token, err = k.token(token); err != nil {
			return 0, nil, err
		}
		client := oauth2.NewClient(ctx, oauth2.StaticTokenSource(token))
		if status, body, err = ask(client, "GET", address, map[string]string{"Accept": accept}, ""); err != nil {
			return 0, nil, err
		}
	}
	if status == http.StatusUnauthorized {
		k.keep(nil) // even a fresh token is refused: only a new sign-in can help
	}
	if status != http.StatusOK {
		return status, nil, fmt.Errorf("the API answered %d: %.200s", status, body)
	}
	return status, body, nil
}

type session struct {
	keeper
	ctx             context.Context
	config          oauth2.Config
	state, verifier string // of the sign-in that is under way
}

func newSession(ctx context.Context, config oauth2.Config) *session {
	s := &session{ctx: ctx, config: config}
	s.renew = func(from *oauth2.Token) (*oauth2.Token, error) {
		if from == nil {
			return nil, errors.New("not signed in; sign in first")
		}
		return s.config.TokenSource(s.ctx, from).Token()
	}
	return s
}

func (s *session) signIn(message) (answer, error) {
	s.state, s.verifier = random(), random()
	return answer{"open": s.config.AuthCodeURL(s.state, challenge(s.verifier), oauth2.SetAuthURLParam("code_challenge_method", "S256"))}, nil
}

// redeem takes the browser's return and gets tokens.
func (s *session) redeem(callback string, isFrom func(url.Values) error) (*oauth2.Token, error) {
	state := s.state
	s.state = ""
	query, err := returned(callback, state, isFrom)
	if err != nil {
		return nil, err
	}
	token, err := s.config.Exchange(s.ctx, query.Get("code"), oauth2.SetAuthURLParam("code_verifier", s.verifier))
	if err == nil {
		s.keep(token)
	}
	return token, err
}

func (s *session) refresh(message) (answer, error) {
	_, err := s.token(s.kept)
	return answer{"done": answer{}}, err
}

// atOnce does the same as many times as is asked for, and gives the answer of one, of a failed one if there is any.
func atOnce(times int, one func() (answer, error)) (answer, error) {
	type outcome struct {
		given answer
		err   error
	}
	outcomes := make(chan outcome, times)
	run := func() { given, err := one(); outcomes <- outcome{given, err} }
	for i := 1; i < times; i++ {
		go run()
	}
	run()
	last := <-outcomes
	for i := 1; i < times; i++ {
		if next := <-outcomes; last.err == nil {
			last = next
		}
	}
	return answer{"done": last.given}, last.err
}
