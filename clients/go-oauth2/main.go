// Programs of integrators over golang.org/x/oauth2 and go-oidc, one for each system: which one is the argument.
package main

import (
	"encoding/json"
	"log"
	"os"
)

var programs = map[string]func() program{
	"burgerprofiel": newHandOver,
	"idporten":      newRelyingParty,
	"loket":         newLoket,
	"maskinporten":  newMachine,
	"nlgov":         newNLGov,
	"nlgov-openid":  newRelyingParty,
}

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 || programs[os.Args[1]] == nil {
		log.Fatalf("usage: %s SYSTEM", os.Args[0])
	}
	written, err := os.ReadFile(os.Getenv("KEUR_SETTINGS"))
	if err == nil {
		err = json.Unmarshal(written, &settings)
	}
	if err != nil {
		log.Fatal(err)
	}
	serve(programs[os.Args[1]]())
}
