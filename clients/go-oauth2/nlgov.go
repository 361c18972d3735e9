// The NL GOV profile over golang.org/x/oauth2: what an integrator writes, behind the lines of docs/client-contract.md.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
)

type nlgov struct {
	*session
	own keeper // of the program's own behalf
}

func newNLGov() program {
	showCertificate()
	account, style := authenticated(settings)
	n := &nlgov{session: newSession(account, oauth2.Config{
		ClientID: setting("client_id"), ClientSecret: setting("client_secret"), RedirectURL: setting("redirect_uri"),
		Scopes:   strings.Fields(setting("scope")),
		Endpoint: oauth2.Endpoint{AuthURL: setting("authorization_endpoint"), TokenURL: setting("token_endpoint"), AuthStyle: style},
	})}
	machine, _ := settings["machine"].(map[string]any)
	ownAccount, ownStyle := authenticated(machine)
	own := clientcredentials.Config{ClientID: text(machine, "client_id"), ClientSecret: text(machine, "client_secret"),
		TokenURL: setting("token_endpoint"), Scopes: strings.Fields(text(machine, "scope")), AuthStyle: ownStyle}
	n.own.renew = func(from *oauth2.Token) (*oauth2.Token, error) {
		return oauth2.ReuseTokenSource(from, own.TokenSource(ownAccount)).Token()
	}
	return program{
		check: func() error {
			if strings.HasSuffix(setting("client_authentication"), "tls_client_auth") && setting("client_certificate_file") == "" {
				return require("client_certificate_file")
			}
			return require("client_id", "issuer", "redirect_uri", "scope", "authorization_endpoint", "token_endpoint", "revocation_endpoint", "api")
		},
		actions: map[string]action{"sign-in": n.signIn, "callback": n.callback, "call": n.call, "refresh": n.refresh, "sign-out": n.signOut},
	}
}

// authenticated is how a registration proves who it is: by its key, where it has one, else by its secret.
func authenticated(account map[string]any) (context.Context, oauth2.AuthStyle) {
	if text(account, "client_secret") == "" && text(account, "private_key") == "" { // the certificate says who we are, if anything does
		return ctx, oauth2.AuthStyleInParams
	}
	if text(account, "private_key") == "" {
		return ctx, oauth2.AuthStyleInHeader
	}
	audience := setting("issuer")
	if setting("assertion_audience") == "token_endpoint" {
		audience = strings.SplitN(setting("token_endpoint"), "?", 2)[0]
	}
	return keyed{patient{http.DefaultTransport}, text(account, "client_id"), text(account, "private_key"), text(account, "key_id"), audience,
		[]string{setting("token_endpoint"), setting("revocation_endpoint")}}.context(), oauth2.AuthStyleInParams
}

// isFrom compares the issuer that the return names with ours, if ours names itself (RFC 9207): the library does not look at it.
func isFrom(query url.Values) error {
	names, _ := settings["authorization_response_iss_parameter_supported"].(bool)
	if query.Has("iss") != names || (names && query.Get("iss") != setting("issuer")) {
		return errors.New("this return is not from our server")
	}
	return nil
}

func (n *nlgov) callback(asked message) (answer, error) {
	token, err := n.redeem(asked.Callback, isFrom)
	if err != nil {
		return nil, err
	}
	if granted, told := token.Extra("scope").(string); told && len(strings.Fields(granted)) < len(n.config.Scopes) {
		return answer{"done": answer{"warnings": []string{"the server granted a smaller scope: " + granted}}}, nil
	}
	return answer{"done": answer{}}, nil
}

func (n *nlgov) read(operation string) (answer, error) {
	path, by := pathOf(operation), &n.keeper
	if !strings.HasPrefix(path, "https://") {
		path = setting("api") + path
	}
	machine, _ := settings["machine"].(map[string]any)
	operations, _ := machine["operations"].([]any)
	for _, one := range operations {
		if one == operation {
			by = &n.own
		}
	}
	_, body, err := by.get(path, "application/json")
	if err != nil {
		return nil, err
	}
	var list struct {
		Items []json.RawMessage `json:"items"`
	}
	err = json.Unmarshal(body, &list)
	return answer{"status": http.StatusOK, "items": len(list.Items)}, err
}

func (n *nlgov) call(asked message) (answer, error) {
	return atOnce(asked.AtOnce, func() (answer, error) { return n.read(asked.Operation) })
}

// signOut gives the tokens back (RFC 7009), by hand: the library does not know how.
func (n *nlgov) signOut(message) (answer, error) {
	if n.kept == nil {
		return answer{"done": answer{}}, nil
	}
	headers := map[string]string{"Content-Type": "application/x-www-form-urlencoded"}
	if n.config.Endpoint.AuthStyle == oauth2.AuthStyleInHeader {
		headers["Authorization"] = basic(n.config.ClientID, n.config.ClientSecret)
	}
	form := url.Values{"token": {n.kept.RefreshToken}, "token_type_hint": {"refresh_token"}}
	if n.config.Endpoint.AuthStyle == oauth2.AuthStyleInParams {
		form.Set("client_id", n.config.ClientID)
	}
	status, _, err := ask(direct(n.ctx), "POST", setting("revocation_endpoint"), headers, form.Encode())
	if err == nil && status != http.StatusOK {
		err = fmt.Errorf("the revocation endpoint answered %d; the token still works", status)
	}
	if err == nil {
		n.keep(nil)
	}
	return answer{"done": answer{}}, err
}
