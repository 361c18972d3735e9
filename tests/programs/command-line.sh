# What a user types wrong ends with status 2, a place and a remedy; what is right ends with the documented status.
set -u
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
cd "$out" || exit 1
bad=0

# expect STATUS TEXT ARGUMENT… : keur with these arguments ends so and says so
expect() {
    wanted=$1 text=$2
    shift 2
    said=$("$KEUR_BIN/keur" "$@" 2>&1 </dev/null)
    status=$?
    if [ $status != "$wanted" ] || ! printf '%s' "$said" | grep -qF -- "$text"; then
        printf 'keur %s\n  status %s, wanted %s; wanted to read: %s\n  said: %s\n' "$*" $status "$wanted" "$text" "$said"
        bad=1
    fi
}

expect 0 "keur " --version
expect 0 "Usage" --help
expect 2 "subcommand" 
expect 2 "did you mean 'run'" rum
expect 2 "nobody" run --client nobody
expect 2 "1/4" run --shard 5/4 --client reference
expect 2 "no record of an earlier run" run --last-failed --client reference
expect 2 "there is no such file" run --waivers nowhere.yaml --client reference
expect 2 "pdf" run --report pdf --client reference
expect 2 "did you mean 'loket'" run --system lokett --client reference
expect 2 "unknown tag 'nonsense'" run --tag nonsense --client reference
expect 2 "unknown tag 'nonsense'" run --not-tag nonsense --client reference
expect 2 "unknown edition '2030'" run --ncsc 2030 --client reference
expect 4 "no case fits" run --client reference -k no-such-scenario-at-all
expect 2 "flaws of the reference client" mutants --client maskinporten-shell
expect 0 "no mistakes" lint
expect 2 "there is no such file" report nowhere
expect 0 "LOKET-05" list rules
expect 0 '"attestation"' list rules --json
expect 0 "proven by a mutant" list rules --coverage
expect 2 "only rules have it" list systems --coverage
expect 2 "what" list
expect 0 "clock: +1h" list flows
expect 0 "idp: rotate-secret" list acts
expect 0 "refresh.rotation" list switches
expect 0 "is written" init mine
expect 2 "there is no" client check ./mine
expect 2 "nothing of keur's" lint "$out/.."
mkdir -p editions/guidelines && expect 0 "no mistakes" lint editions
printf 'guideline: x\n' >editions/guidelines/ncsc-mine.yaml && expect 2 "ncsc-mine.yaml:1:1" lint editions
cp -r "$KEUR_SOURCE/clients/reference" . && expect 2 "two clients are called" run --client reference --client ./reference
sed -i 's/systems: .*/systems: [lokett]/' reference/client.yaml && expect 2 "client.yaml:" run --client ./reference
printf 'waivers:\n  - {rule: LOKET-99, reason: x, until: 2999-01-01}\n' >waivers.yaml && expect 2 "waivers.yaml:2:5" run --waivers waivers.yaml --client reference
printf 'waivers:\n  - {rule: LOKET-05, client: nobody, reason: x, until: 2999-01-01}\n' >waivers.yaml && expect 2 "unknown client 'nobody'" run --waivers waivers.yaml --client reference
printf 'waivers:\n  - {rule: LOKET-05, reason: x, until: 2999-02-31}\n' >waivers.yaml && expect 2 "is no date" run --waivers waivers.yaml --client reference
expect 2 "it is there already" init mine
expect 0 "ok" doctor
expect 0 "loket/" run --list --client reference

# mistakes in data: file, line, column and remedy
mkdir -p data/scenarios/loket data/rules
printf 'title: x\nflow: sign-in\nexpect:\n  - {rule: LOKET-99, client: succeeds}\n' >data/scenarios/loket/a.yaml
expect 2 "a.yaml:4:12" --data data lint
printf 'title: x\nflow: sing-in\nexpect:\n  - {rule: LOKET-05, client: succeeds}\n' >data/scenarios/loket/a.yaml
expect 2 "did you mean 'sign-in'" --data data lint
printf 'title: x\nflow: sign-in\nexpct: []\n' >data/scenarios/loket/a.yaml
expect 2 "a.yaml:3:1" --data data lint
printf 'title: [x\n' >data/scenarios/loket/a.yaml
expect 2 "a.yaml:" --data data lint
printf 'a: &x [*x]\n' >data/scenarios/loket/a.yaml
expect 2 "anchor" --data data lint
printf 'title: x\nflow: sign-in\ngiven: {fault: {no-such-fault: yes}}\nexpect:\n  - {rule: LOKET-05, client: refuses}\n' >data/scenarios/loket/a.yaml
expect 2 "no-such-fault" --data data lint
rm data/scenarios/loket/a.yaml
printf 'system: loket\nrules:\n  - {id: LOKET-05, level: MUST, title: Again., attestation: stated, observable: yes, sources: [{document: X, section: "1", address: "https://x.example"}], prevents: x}\n' >data/rules/again.yaml
expect 2 "LOKET-05" --data data lint
exit $bad
