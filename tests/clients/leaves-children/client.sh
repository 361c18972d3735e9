# A client that answers, ends, and leaves two children behind, one of them with its output still open.
setsid sleep 600 </dev/null >/dev/null 2>&1 &
setsid sleep 600 &
while read -r line; do
  echo '{"refused":"not today"}'
done
