// What every program here does on the web: patience with a busy server, the browser's return, requests with limits.
package main

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/oauth2"
)

const (
	patience = 5 * time.Second
	longest  = 8 << 20 // bytes of an answer
)

var (
	notBefore atomic.Int64 // seconds of the wall clock
	ctx       = context.WithValue(context.Background(), oauth2.HTTPClient,
		&http.Client{Timeout: patience, Transport: patient{http.DefaultTransport}})
)

// patient remembers how long a 429 or 503 asks to be left alone, and refuses to go on.
type patient struct{ http.RoundTripper }

func (p patient) RoundTrip(request *http.Request) (*http.Response, error) {
	response, err := p.RoundTripper.RoundTrip(request)
	if err != nil || (response.StatusCode != http.StatusTooManyRequests && response.StatusCode != http.StatusServiceUnavailable) {
		return response, err
	}
	io.Copy(io.Discard, response.Body) // read to its end before we leave
	response.Body.Close()
	until := time.Now().Add(5 * time.Minute)
	if value := response.Header.Get("Retry-After"); value != "" {
		if seconds, err := strconv.ParseUint(value, 10, 31); err == nil {
			until = time.Now().Add(time.Duration(seconds) * time.Second)
		} else if date, err := http.ParseTime(value); err == nil {
			until = date
		}
	}
	notBefore.Store(until.Unix())
	return nil, errors.New("the server is busy; try again later")
}

func random() string {
	bytes := make([]byte, 32)
	if _, err := rand.Read(bytes); err != nil {
		panic(err)
	}
	return base64.RawURLEncoding.EncodeToString(bytes)
}

func challenge(verifier string) oauth2.AuthCodeOption {
	digest := sha256.Sum256([]byte(verifier))
	return oauth2.SetAuthURLParam("code_challenge", base64.RawURLEncoding.EncodeToString(digest[:]))
}

// isFinal says whether the token endpoint refused a grant for good, by its `error` (RFC 6749 5.2).
func isFinal(err error, codes ...string) bool {
	var failed *oauth2.RetrieveError
	var said struct {
		Error string `json:"error"`
	}
	if !errors.As(err, &failed) || json.Unmarshal(failed.Body, &said) != nil {
		return false
	}
	for _, code := range codes {
		if said.Error == code {
			return true
		}
	}
	return false
}

// returned reads the browser's return to our redirect address, of the sign-in that `state` belongs to. `isFrom` says whether it is our server's.
func returned(callback, state string, isFrom func(url.Values) error) (url.Values, error) {
	address, err := url.Parse(callback)
	if err != nil {
		return nil, err
	}
	query := address.Query()
	address.RawQuery = ""
	switch {
	case state == "" || query.Get("state") != state:
		return nil, errors.New("this return belongs to no sign-in of ours; start again")
	case address.String() != strings.SplitN(setting("redirect_uri"), "?", 2)[0]:
		return nil, errors.New("this return did not come to our redirect address")
	case isFrom(query) != nil:
		return nil, isFrom(query)
	case query.Get("error") != "" || query.Get("code") == "":
		return nil, fmt.Errorf("no access was given: %s", query.Get("error"))
	}
	return query, nil
}

// ask sends one request by a client that may have no time limit of its own, and reads the whole answer.
func ask(client *http.Client, method, address string, headers map[string]string, body string) (int, []byte, error) {
	limited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	request, err := http.NewRequestWithContext(limited, method, address, strings.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	for name, value := range headers {
		request.Header.Set(name, value)
	}
	response, err := client.Do(request)
	if err != nil {
		return 0, nil, err
	}
	defer response.Body.Close()
	said, err := io.ReadAll(io.LimitReader(response.Body, longest+1))
	if err == nil && len(said) > longest {
		err = errors.New("the answer does not end")
	}
	return response.StatusCode, said, err
}

// direct is the client of `from` for requests of our own: it follows no redirect with what they carry.
func direct(from context.Context) *http.Client {
	client := *from.Value(oauth2.HTTPClient).(*http.Client)
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &client
}

// basic is the header for a client's id and secret (RFC 6749 2.3.1).
func basic(id, secret string) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(url.QueryEscape(id)+":"+url.QueryEscape(secret)))
}
