// Loket over golang.org/x/oauth2: what an integrator writes, behind the lines of docs/client-contract.md.
package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"golang.org/x/oauth2"
)

type loket struct{ *session }

func newLoket() program {
	l := loket{newSession(ctx, oauth2.Config{
		ClientID: setting("client_id"), ClientSecret: setting("client_secret"), RedirectURL: setting("redirect_uri"),
		Scopes: strings.Fields(setting("scope")),
		Endpoint: oauth2.Endpoint{AuthURL: setting("authorization_endpoint"), TokenURL: setting("token_endpoint"),
			AuthStyle: oauth2.AuthStyleInParams},
	})}
	return program{
		check: func() error {
			return require("client_id", "client_secret", "redirect_uri", "scope", "authorization_endpoint", "token_endpoint", "api", "accept")
		},
		actions: map[string]action{"sign-in": l.signIn, "callback": l.callback, "call": l.call, "refresh": l.refresh},
	}
}

// fromAnybody takes a return as it is: Loket does not name itself in it.
func fromAnybody(url.Values) error { return nil }

func (l loket) callback(asked message) (answer, error) {
	_, err := l.redeem(asked.Callback, fromAnybody)
	return answer{"done": answer{}}, err
}

type page struct {
	TotalPages int               `json:"totalPages"`
	Embedded   []json.RawMessage `json:"_embedded"`
	Version    struct {
		ObsoleteDate string `json:"obsoleteDate"`
	} `json:"version"`
}

func (l loket) readAll(path string) (answer, error) {
	items, warnings := 0, []string{}
	for number, last := 1, 1; number <= last; number++ {
		_, body, err := l.get(fmt.Sprintf("%s%s?pageNumber=%d", setting("api"), path, number), setting("accept"))
		if err != nil {
			return nil, err
		}
		var read page
		if err := json.Unmarshal(body, &read); err != nil {
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

func (l loket) call(asked message) (answer, error) {
	return atOnce(asked.AtOnce, func() (answer, error) { return l.readAll(pathOf(asked.Operation)) })
}
