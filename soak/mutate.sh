#!/usr/bin/env bash
#
# Breaks the engine in one line after the other and prints which test notices:
#
#   soak/mutate.sh [--check] [--quick] [WORD]
#
# With a word, only the mutations whose name has it. --check only tells which mutations fit the sources;
# --quick leaves out the run of all tests on the unbroken core. Exit status: 0 all noticed, 1 some not,
# 2 a mutation does not fit the sources any more (the others were tried), or does not compile.

set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
JAVA_HOME=$(./runnel --java-home)
export JAVA_HOME
export MAVEN_OPTS="${MAVEN_OPTS:+$MAVEN_OPTS }--sun-misc-unsafe-memory-access=allow"

mvn -q -B -ntp -pl soak -am test-compile dependency:build-classpath -Djacoco.skip=true \
  -Dmdep.includeScope=test -Dmdep.outputFile=target/test-classpath >&2

class_path=$PWD/soak/target/test-classes:$PWD/soak/target/classes:$PWD/core/target/test-classes:$(<soak/target/test-classpath)
exec "$JAVA_HOME/bin/java" -cp "$class_path" dev.runnel.soak.mutate.Mutate "$PWD" "$class_path" "$@"
