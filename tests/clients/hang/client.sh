# A client that reads, never answers, ignores SIGTERM and the end of its input.
trap '' TERM HUP INT
cat >/dev/null
while :; do sleep 600; done
