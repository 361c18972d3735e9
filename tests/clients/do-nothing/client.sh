# A client that answers nothing and ends at the end of its input.
cat >/dev/null
