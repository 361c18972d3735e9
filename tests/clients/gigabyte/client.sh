# A client that floods its output with a gigabyte without a newline.
read -r line
exec head -c 1000000000 /dev/zero
