#!/bin/sh
# The container's entry: one command of newsspider, or the same command again and again until SIGTERM.
#   entrypoint.sh COMMAND OPTIONS…
#   entrypoint.sh every SECONDS COMMAND OPTIONS…     SECONDS lie between the end of a run and the start of the next
# PGPASSWORD_FILE names a file that contains the password of the database.
# STATUS_FILE receives the exit code of each run of `every`, for the container's health check.
set -eu

WRONG_USAGE=2

run() { # in the background, because `wait` hears a signal at once
    "$@" &
    child=$!
    await_child
}

await_child() {
    code=0
    wait "$child" || code=$?
    if [ -n "$stopping" ]; then # a signal ended the first wait, and the child is still ending
        code=0
        wait "$child" || code=$?
    fi
}

stop() {
    stopping=yes
    kill -TERM "$child" 2>/dev/null || :
}

if [ -n "${PGPASSWORD_FILE:-}" ]; then
    PGPASSWORD=$(cat "$PGPASSWORD_FILE")
    export PGPASSWORD
fi
if [ "${1:-}" != every ]; then
    exec newsspider "$@"
fi

seconds=$2
shift 2
stopping=
child=
trap stop TERM INT
while [ -z "$stopping" ]; do
    run newsspider "$@"
    echo "$code" > "${STATUS_FILE:-/dev/null}"
    if [ "$code" -eq $WRONG_USAGE ]; then
        exit $WRONG_USAGE # the next run would end the same way
    fi
    if [ -z "$stopping" ]; then
        run sleep "$seconds"
        [ "$code" -eq 0 ] || [ -n "$stopping" ] || exit $WRONG_USAGE # not a number of seconds
    fi
done
