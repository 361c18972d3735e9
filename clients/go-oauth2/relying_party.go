// A relying party over go-oidc: what an integrator of ID-porten, or of a provider by the NL GOV profile, writes, behind the
// lines of docs/client-contract.md.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	oidc "github.com/coreos/go-oidc"
	"golang.org/x/oauth2"
)

// metadata that go-oidc leaves to its caller.
type metadata struct {
	EndSession  string `json:"end_session_endpoint"`
	NamesItself bool   `json:"authorization_response_iss_parameter_supported"`
}

type relyingParty struct {
	ctx                    context.Context // with the client that authenticates itself
	provider               *oidc.Provider
	metadata               metadata
	config                 oauth2.Config
	state, nonce, verifier string // of the sign-in that is under way
	kept                   *oauth2.Token
	takenAt                int64
	idToken                string        // as it came last: the hint at the end
	claims                 *oidc.IDToken // of the user who is signed in
}

func newRelyingParty() program {
	r := &relyingParty{}
	return program{check: r.check, actions: map[string]action{
		"sign-in": r.signIn, "callback": r.callback, "call": r.call, "refresh": r.refresh, "sign-out": r.signOut}}
}

func (r *relyingParty) check() error {
	if err := require("client_id", credential(), "issuer", "redirect_uri", "scope"); err != nil {
		return err
	}
	return r.discover(func() oauth2.Endpoint { return r.provider.Endpoint() })
}

func isByKey() bool { return setting("client_authentication") == "private_key_jwt" }

// credential is the setting that proves who this client is.
func credential() string {
	if isByKey() {
		return "private_key"
	}
	return "client_secret"
}

// discover finds the provider by its metadata, once: what go-oidc gives is meant to be kept.
func (r *relyingParty) discover(endpoint func() oauth2.Endpoint) error {
	if r.provider != nil {
		return nil
	}
	provider, err := oidc.NewProvider(ctx, setting("issuer"))
	if err == nil {
		err = provider.Claims(&r.metadata)
	}
	if err != nil {
		return err
	}
	r.provider = provider
	r.config = oauth2.Config{ClientID: setting("client_id"), ClientSecret: setting("client_secret"), Endpoint: endpoint(),
		RedirectURL: setting("redirect_uri"), Scopes: strings.Fields(setting("scope"))}
	r.ctx = ctx
	if isByKey() {
		r.config.Endpoint.AuthStyle = oauth2.AuthStyleInParams
		r.ctx = keyed{patient{http.DefaultTransport}, setting("client_id"), setting("private_key"), setting("key_id"), setting("issuer"),
			[]string{r.config.Endpoint.TokenURL}}.context()
	}
	return nil
}

func (r *relyingParty) signIn(message) (answer, error) {
	if r.config.Endpoint.AuthURL == "" {
		return nil, errors.New("the provider tells no page to sign in at")
	}
	r.state, r.nonce, r.verifier = random(), random(), random()
	options := []oauth2.AuthCodeOption{oidc.Nonce(r.nonce), challenge(r.verifier), oauth2.SetAuthURLParam("code_challenge_method", "S256")}
	if level := setting("acr_values"); level != "" {
		options = append(options, oauth2.SetAuthURLParam("acr_values", level))
	}
	if single, err := json.Marshal(settings["claims"]); err == nil && settings["claims"] != nil {
		options = append(options, oauth2.SetAuthURLParam("claims", string(single)))
	}
	return answer{"open": r.config.AuthCodeURL(r.state, options...)}, nil
}

// isFrom compares the issuer that the return names with ours (RFC 9207): ID-porten's documents ask for it, the libraries do not look.
func (r *relyingParty) isFrom(query url.Values) error {
	if (query.Has("iss") || r.metadata.NamesItself) && query.Get("iss") != setting("issuer") {
		return errors.New("this return is from another issuer")
	}
	return nil
}

func (r *relyingParty) callback(asked message) (answer, error) {
	state := r.state
	r.state, r.kept, r.claims = "", nil, nil
	query, err := returned(asked.Callback, state, r.isFrom)
	if err != nil {
		return nil, err
	}
	token, err := r.config.Exchange(r.ctx, query.Get("code"), oauth2.SetAuthURLParam("code_verifier", r.verifier))
	if err != nil {
		return nil, err
	}
	claims, err := r.identity(token)
	if err != nil {
		return nil, err
	}
	if claims.Nonce != r.nonce {
		return nil, errors.New("the ID Token is of another sign-in")
	}
	warnings, err := person(claims)
	if err != nil {
		return nil, err
	}
	r.take(token)
	r.claims = claims
	return answer{"done": answer{"warnings": warnings}}, nil
}

func (r *relyingParty) take(token *oauth2.Token) {
	r.kept, r.takenAt = token, time.Now().Unix()
}

// identity has the library check the ID Token, and does what it leaves to its caller, the access token's hash.
func (r *relyingParty) identity(token *oauth2.Token) (*oidc.IDToken, error) {
	raw, ok := token.Extra("id_token").(string)
	if !ok {
		return nil, errors.New("there is no ID Token in the answer")
	}
	expected := &oidc.Config{ClientID: setting("client_id")}
	if algorithm := setting("id_token_signed_response_alg"); algorithm != "" {
		expected.SupportedSigningAlgs = []string{algorithm}
	}
	claims, err := r.provider.Verifier(expected).Verify(ctx, raw)
	if err == nil && claims.AccessTokenHash != "" {
		err = claims.VerifyAccessToken(token.AccessToken)
	}
	r.idToken = raw
	return claims, err
}

// renew takes what the library gives for `from`: the token kept, or one that has expired.
func (r *relyingParty) renew(from *oauth2.Token) error {
	if r.kept == nil {
		return errors.New("not signed in; sign in first")
	}
	token, err := r.config.TokenSource(r.ctx, from).Token()
	if err == nil && token != r.kept && token.Extra("id_token") != nil {
		err = r.compare(token)
	}
	switch {
	case err == nil && token != r.kept:
		r.take(token)
	case err != nil && (token != nil || isFinal(err, "invalid_grant", "invalid_request")):
		r.kept = nil
	}
	return err
}

// compare refuses an ID Token that came with a refresh and is not of the user who signed in (OpenID Connect Core 12.2).
func (r *relyingParty) compare(token *oauth2.Token) error {
	claims, err := r.identity(token)
	if err == nil && (claims.Subject != r.claims.Subject || (claims.Nonce != "" && claims.Nonce != r.claims.Nonce)) {
		err = errors.New("the refreshed tokens are of another sign-in")
	}
	return err
}

func (r *relyingParty) refresh(message) (answer, error) {
	from := &oauth2.Token{}
	if r.kept != nil {
		from.RefreshToken = r.kept.RefreshToken
	}
	return answer{"done": answer{}}, r.renew(from)
}

func (r *relyingParty) call(message) (answer, error) {
	if err := r.renew(r.kept); err != nil {
		return nil, err
	}
	user, err := r.provider.UserInfo(ctx, oauth2.StaticTokenSource(r.kept))
	if err != nil {
		return nil, err
	}
	if user.Subject != r.claims.Subject {
		return nil, errors.New("userinfo is of another user")
	}
	var claims map[string]any
	err = user.Claims(&claims)
	return answer{"done": answer{"status": http.StatusOK, "items": len(claims)}}, err
}

func (r *relyingParty) signOut(message) (answer, error) {
	if r.metadata.EndSession == "" {
		return nil, errors.New("the provider tells no page to sign out at")
	}
	query := url.Values{"post_logout_redirect_uri": {setting("post_logout_redirect_uri")}, "client_id": {setting("client_id")}, "state": {random()}}
	if r.kept != nil {
		query.Set("id_token_hint", r.idToken)
	}
	r.kept, r.claims = nil, nil
	return answer{"open": r.metadata.EndSession + "?" + query.Encode()}, nil
}
