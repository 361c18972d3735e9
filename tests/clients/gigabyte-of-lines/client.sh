# A client that floods its output with a gigabyte of answers.
read -r line
yes '{"done":{}}' | head -c 1000000000
