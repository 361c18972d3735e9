# A client that says done to everything and does nothing.
while read -r line; do
  echo '{"done":{}}'
done
