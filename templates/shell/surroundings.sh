# Where this job is. What its checkout brings along does not count: neither as a program nor as a temporary folder.
set +x -eu
workspace="${CI_PROJECT_DIR:-${BITBUCKET_CLONE_DIR:-$PWD}}"

say() { printf '%s\n' "$@" >&2; }

is_outside() {
  case "$1/" in
    (*/../* | "$workspace"/*) return 1 ;;
    (/*) return 0 ;;
    (*) return 1 ;;
  esac
}

path_outside() (
  set -f
  IFS=:
  kept=
  for entry in $PATH; do
    if is_outside "$entry"; then kept="$kept:$entry"; fi
  done
  printf %s "${kept#:}"
)

PATH=$(path_outside)
temporary="${TMPDIR:-/tmp}"
is_outside "$temporary" || temporary=/tmp
export TMPDIR="$temporary"
copies="$temporary/pipeline-credentials-${CI_SERVER_HOST:-ci}-${CI_JOB_ID:-${BITBUCKET_STEP_UUID:-none}}"
if [ -n "${CI_SERVER_TLS_CA_FILE:-}" ]; then
  export NODE_EXTRA_CA_CERTS="${NODE_EXTRA_CA_CERTS:-$CI_SERVER_TLS_CA_FILE}"
fi
