// Handing a user over to Mijn Burgerprofiel with go-oidc, and by hand what no library does: what an integrator writes,
// behind the lines of docs/client-contract.md.
package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"golang.org/x/oauth2"
)

const accessToken = "urn:ietf:params:oauth:token-type:access_token"

type handOver struct{ relyingParty }

func newHandOver() program {
	h := &handOver{}
	return program{check: h.check, actions: map[string]action{
		"sign-in": h.signIn, "callback": h.callback, "refresh": h.refresh, "hand-off": h.handOff, "sign-out": h.signOut}}
}

func (h *handOver) check() error {
	err := require("client_id", credential(), "redirect_uri", "scope", "issuer", "audience", "authorization_endpoint", "token_endpoint",
		"hand_over_endpoint", "landing_url")
	if err != nil {
		return err
	}
	return h.discover(func() oauth2.Endpoint {
		styles := map[string]oauth2.AuthStyle{"client_secret_basic": oauth2.AuthStyleInHeader}
		style, known := styles[setting("client_authentication")]
		if !known {
			style = oauth2.AuthStyleInParams
		}
		return oauth2.Endpoint{AuthURL: setting("authorization_endpoint"), TokenURL: setting("token_endpoint"), AuthStyle: style}
	})
}

// post sends by the client that authenticates itself.
func (h *handOver) post(address, kind, body string, more map[string]string) (status int, members map[string]any, err error) {
	headers := map[string]string{"Content-Type": kind, "Accept": "application/json"}
	for name, value := range more {
		headers[name] = value
	}
	status, said, err := ask(direct(h.ctx), "POST", address, headers, body)
	if err == nil && status == http.StatusOK {
		err = json.Unmarshal(said, &members)
	}
	return status, members, err
}

// exchange asks ACM for a token that Mijn Burgerprofiel takes (RFC 8693).
func (h *handOver) exchange() (string, error) {
	form := url.Values{"grant_type": {"urn:ietf:params:oauth:grant-type:token-exchange"}, "audience": {setting("audience")},
		"subject_token": {h.kept.AccessToken}, "subject_token_type": {accessToken}, "actor_token": {h.kept.AccessToken}, "actor_token_type": {accessToken}}
	headers := map[string]string{}
	if h.config.Endpoint.AuthStyle == oauth2.AuthStyleInHeader {
		headers["Authorization"] = basic(setting("client_id"), setting("client_secret"))
	} else if !isByKey() {
		form.Set("client_id", setting("client_id"))
		form.Set("client_secret", setting("client_secret"))
	}
	status, members, err := h.post(setting("token_endpoint"), "application/x-www-form-urlencoded", form.Encode(), headers)
	if err != nil {
		return "", err
	}
	token, _ := members["access_token"].(string)
	kind, _ := members["token_type"].(string)
	if status != http.StatusOK || token == "" || members["issued_token_type"] != accessToken || !strings.EqualFold(kind, "bearer") {
		return "", fmt.Errorf("the exchange brought no access token (%d)", status)
	}
	return token, nil
}

func (h *handOver) temporaryToken() (string, error) {
	var status int
	var members map[string]any
	for attempt := 0; attempt == 0 || (attempt == 1 && status == http.StatusUnauthorized); attempt++ {
		token, err := h.exchange()
		if err != nil {
			return "", err
		}
		body, _ := json.Marshal(map[string]string{"token": token, "token_type": accessToken})
		if status, members, err = h.post(setting("hand_over_endpoint"), "application/json", string(body), nil); err != nil {
			return "", err
		}
	}
	temporary, _ := members["token"].(string)
	if temporary == "" {
		return "", fmt.Errorf("Mijn Burgerprofiel gave no temporary token (%d)", status)
	}
	return temporary, nil
}

func (h *handOver) handOff(message) (answer, error) {
	if h.kept != nil && h.kept.RefreshToken != "" && time.Now().Unix()-h.takenAt > 600 { // the session there ends with our token
		if _, err := h.refresh(message{}); err != nil {
			return nil, err
		}
	}
	if err := h.renew(h.kept); err != nil {
		return nil, err
	}
	page, err := url.Parse(setting("landing_url"))
	if err != nil {
		return nil, err
	}
	temporary, err := h.temporaryToken()
	if err != nil {
		return answer{"open": setting("landing_url"), "warnings": []string{"the user has to sign in there: " + err.Error()}}, nil
	}
	if page.RawQuery != "" {
		page.RawQuery += "&"
	}
	page.RawQuery += "token=" + url.QueryEscape(temporary)
	return answer{"open": page.String()}, nil
}

func (h *handOver) signOut(message) (answer, error) {
	h.kept, h.claims = nil, nil
	query := url.Values{"client_id": {setting("client_id")}, "post_logout_redirect_uri": {setting("post_logout_redirect_uri")}}
	return answer{"open": setting("end_session_endpoint") + "?" + query.Encode()}, nil
}
