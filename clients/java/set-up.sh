#!/bin/sh
# Compiles the program into build/, with Debian's packages alone: openjdk-17-jdk-headless and libgoogle-gson-java.
set -eu
cd "$(dirname "$0")"
exec javac -d build -cp /usr/share/java/gson.jar ./*.java
