# A client that dies of SIGSEGV at the first line it reads.
read -r line
kill -SEGV $$
