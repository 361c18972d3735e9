# A client that refuses whatever it is told.
while read -r line; do
  echo '{"refused":"no, thank you"}'
done
