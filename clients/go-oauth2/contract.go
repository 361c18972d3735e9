// What every program here has in common: the lines of docs/client-contract.md, the settings, and patience with a busy server.
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
	"os"
	"regexp"
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

type answer map[string]any

type message struct {
	Do        string `json:"do"`
	Callback  string `json:"callback"`
	Operation string `json:"operation"`
	AtOnce    int    `json:"at-once"`
}

type action func(message) (answer, error)

// unsupported is what a library cannot do.
type unsupported string

func (u unsupported) Error() string { return string(u) }

// A program for one system: what it can do, and what it wants to know first.
type program struct {
	check   func() error
	actions map[string]action
}

var (
	settings   = map[string]any{}
	notBefore  atomic.Int64 // seconds of the wall clock
	unreadable = regexp.MustCompile(`[\x00-\x1f\x7f]+`)
	ctx        = context.WithValue(context.Background(), oauth2.HTTPClient,
		&http.Client{Timeout: patience, Transport: patient{http.DefaultTransport}})
)

func setting(name string) string {
	text, _ := settings[name].(string)
	return text
}

func pathOf(operation string) string {
	operations, _ := settings["operations"].(map[string]any)
	path, _ := operations[operation].(string)
	return path
}

// require says what the user has to be told first: a setting that is missing, a server that asked for time.
func require(names ...string) error {
	for _, name := range names {
		if setting(name) == "" {
			return fmt.Errorf("the setting '%s' is missing; take it from your registration", name)
		}
		isAddress := strings.HasSuffix(name, "_endpoint") || strings.HasSuffix(name, "_url") || name == "api" || name == "issuer"
		if isAddress && !strings.HasPrefix(setting(name), "https://") {
			return fmt.Errorf("the setting '%s' is not an https address; the platform is reached over TLS only", name)
		}
	}
	if wait := notBefore.Load() - time.Now().Unix(); wait > 0 {
		return fmt.Errorf("the server is busy; try again in %d seconds", wait)
	}
	return nil
}

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

// returned reads the browser's return to our redirect address, of the sign-in that `state` belongs to.
func returned(callback, state string) (url.Values, error) {
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

// serve answers each line by the action it asks for; the program's check runs before each.
func serve(p program) {
	input, output := json.NewDecoder(os.Stdin), json.NewEncoder(os.Stdout)
	for {
		var asked message
		if input.Decode(&asked) != nil {
			return
		}
		name := asked.Do
		if asked.Callback != "" {
			name = "callback"
		}
		output.Encode(p.answer(name, asked))
	}
}

func (p program) answer(name string, asked message) answer {
	act, known := p.actions[name]
	if !known {
		return answer{"unsupported": name}
	}
	err := p.check()
	given := answer{}
	if err == nil {
		given, err = act(asked)
	}
	var lacking unsupported
	switch {
	case errors.As(err, &lacking):
		return answer{"unsupported": lacking}
	case err != nil:
		return answer{"refused": fmt.Sprintf("%.400s", unreadable.ReplaceAllString(err.Error(), " "))}
	}
	return given
}
