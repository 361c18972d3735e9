#!/bin/sh
# Compiles the programs into build/, with Debian's packages alone: golang-go and the libraries in /usr/share/gocode.
set -eu
cd "$(dirname "$0")"
export GO111MODULE=off GOPATH=/usr/share/gocode GOFLAGS=-buildvcs=false
exec go build -o build/go-oauth2 .
