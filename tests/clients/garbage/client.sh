# A client that prints rubbish: text, broken JSON, bytes that are not UTF-8, JSON of the wrong shape.
while read -r line; do
  printf 'hello\n{"done":\n\377\376\000\n[]\n42\n{"done":5,"refused":7}\n{"open":{}}\n'
done
