# Sourced by ./saiken and ./test: an isolated environment for this checkout to run in.

system_python() {  # the first Python of at least 3.11 on the PATH
    for name in python3 python3.14 python3.13 python3.12 python3.11 python; do
        if "$name" -I -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return 0
        fi
    done
    echo "saiken: no Python of version 3.11 or later on the PATH; install one and run this again" >&2
    return 1
}

environment() {  # environment ROOT FOLDER REQUIREMENTS: sets $python, building the folder if need be
    python=$1/$2/bin/python
    # The stamp is written last and is the requirements themselves: equal means finished and current.
    if [ -x "$python" ] && cmp -s "$1/$3" "$1/$2/stamp"; then
        return 0
    fi
    base=$(system_python) || return 4
    "$base" -I "$1/scripts/environment.py" "$1" "$2" "$3" || return 4
}
