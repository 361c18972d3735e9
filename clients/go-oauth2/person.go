// What an ID Token says of the person: how surely they signed in, and for whom they act.
package main

import (
	"errors"

	oidc "github.com/coreos/go-oidc"
)

var scales = [][]string{
	{"idporten-loa-substantial", "idporten-loa-high"},
	{"http://eidas.europa.eu/LoA/low", "http://eidas.europa.eu/LoA/substantial", "http://eidas.europa.eu/LoA/high"},
}

func index(scale []string, level string) int {
	for i, one := range scale {
		if one == level {
			return i
		}
	}
	return -1
}

// isSureEnough says whether `level` is on the scale of `wanted`, and not below it.
func isSureEnough(level, wanted string) bool {
	for _, scale := range scales {
		if at := index(scale, wanted); at >= 0 {
			return index(scale, level) >= at
		}
	}
	return wanted == ""
}

type party struct {
	Issuer     string `json:"iss"`
	Subject    string `json:"sub"`
	Kind       string `json:"sub_id_type"`
	Represents *party `json:"represents"`
}

// person reads both, and tells for whom the user acts: the innermost of a chain of representation (NL GOV).
func person(claims *oidc.IDToken) (warnings []string, err error) {
	var said struct {
		ACR        string `json:"acr"`
		Represents *party `json:"represents"`
	}
	if err := claims.Claims(&said); err != nil {
		return nil, err
	}
	if !isSureEnough(said.ACR, setting("acr_values")) {
		return nil, errors.New("the user did not sign in as surely as this service needs")
	}
	for one := said.Represents; one != nil; one = one.Represents {
		if one.Subject == "" || one.Issuer == "" {
			return nil, errors.New("the ID Token does not say whom the user represents")
		}
		kind := one.Kind
		if kind == "" {
			kind = one.Issuer
		}
		warnings = []string{"the user acts for " + one.Subject + " (" + kind + ")"}
	}
	return warnings, nil
}
