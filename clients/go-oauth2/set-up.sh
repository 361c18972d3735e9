#!/bin/sh
# Compiles the programs into build/, with Debian's packages alone: golang-go and the libraries in /usr/share/gocode.
# With cgo, Go's default, the programs load libc, and with it the clock of docs/client-contract.md.
set -eu
cd "$(dirname "$0")"
export CGO_ENABLED=1 GO111MODULE=off GOPATH=/usr/share/gocode GOFLAGS=-buildvcs=false
exec go build -o build/go-oauth2 .
