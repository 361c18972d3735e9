// Client authentication by a signed assertion (RFC 7523), which golang.org/x/oauth2 does not know: the transport that it is given adds it.
package main

import (
	"context"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"golang.org/x/oauth2"
	jose "gopkg.in/square/go-jose.v2"
	"gopkg.in/square/go-jose.v2/jwt"
)

// keyed adds an assertion, fresh each time, to what is posted to `endpoints`.
type keyed struct {
	http.RoundTripper
	id, key, keyID, audience string
	endpoints                []string
}

func (k keyed) context() context.Context {
	return context.WithValue(ctx, oauth2.HTTPClient, &http.Client{Timeout: patience, Transport: k})
}

func (k keyed) isFor(address string) bool {
	for _, one := range k.endpoints {
		if one == address {
			return true
		}
	}
	return false
}

func (k keyed) RoundTrip(request *http.Request) (*http.Response, error) {
	if request.Method != "POST" || !k.isFor(request.URL.String()) {
		return k.RoundTripper.RoundTrip(request)
	}
	defer request.Body.Close()
	body, err := io.ReadAll(request.Body)
	if err != nil {
		return nil, err
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, err
	}
	assertion, err := k.assertion()
	if err != nil {
		return nil, err
	}
	form.Set("client_id", k.id)
	form.Set("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
	form.Set("client_assertion", assertion)
	signed, err := http.NewRequestWithContext(request.Context(), "POST", request.URL.String(), strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	signed.Header = request.Header.Clone()
	return k.RoundTripper.RoundTrip(signed)
}

func (k keyed) assertion() (string, error) {
	block, _ := pem.Decode([]byte(k.key))
	if block == nil {
		return "", errors.New("the private key is no PEM")
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return "", err
	}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: jose.JSONWebKey{Key: key, KeyID: k.keyID}}, nil)
	if err != nil {
		return "", err
	}
	now := time.Now()
	return jwt.Signed(signer).Claims(jwt.Claims{Issuer: k.id, Subject: k.id, Audience: jwt.Audience{k.audience}, ID: random(),
		IssuedAt: jwt.NewNumericDate(now), Expiry: jwt.NewNumericDate(now.Add(time.Minute))}).CompactSerialize()
}
