# An adapter that refuses line by line; started as a command it gets no line and ends well every time.
while read -r line; do
  echo '{"refused":"this is a line for adapters"}'
done
