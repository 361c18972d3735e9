# A client that ends with status 1 at once.
exit 1
