// What every program here has in common: the lines of docs/client-contract.md and the settings.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"
	"time"
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
	unreadable = regexp.MustCompile(`[\x00-\x1f\x7f]+`)
)

func text(members map[string]any, name string) string {
	value, _ := members[name].(string)
	return value
}

func setting(name string) string { return text(settings, name) }

func pathOf(operation string) string {
	operations, _ := settings["operations"].(map[string]any)
	return text(operations, operation)
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

// serve answers each line by the action it asks for; the program's check runs before each.
func serve(p program) {
	input, output := json.NewDecoder(os.Stdin), json.NewEncoder(os.Stdout)
	for {
		asked := message{AtOnce: 1}
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
