version=@version@

# Brings in the command line: the file named, or a checked copy in a fresh folder, from the project or from npm.
bring() {
  if [ -n "$cli" ]; then
    is_outside "$cli" && [ -f "$cli" ] && return
    fail "the setting cli names no file outside the checkout." 'Give the absolute path of dist/cli/index.js.'
  fi
  forget_old_copies
  copy=$(mktemp -d "$copies.XXXXXXXXXX")
  cli="$copy/cli/index.js"
  from_project || from_npm || fail "pipeline-credentials $version could not be brought in." \
    'Let this job read the project (its job token permissions) or reach npm; or put the command line into the image and name it with the setting cli.'
}

# Of jobs that were killed, on machines that outlive them.
forget_old_copies() {
  find "$temporary" -maxdepth 1 -type d -name 'pipeline-credentials-*.??????????' -user "$(id -u)" -mtime +7 \
    -exec rm -rf {} + 2>/dev/null || :
}

from_project() {
  [ -n "$project" ] && [ -n "${CI_API_V4_URL:-}" ] && take project "$copy" "$project" "${ref:-v$version}"
}

from_npm() {
  has npm || return 1
  mkdir "$copy/npm" && printf '{}\n' >"$copy/npm/package.json"
  (cd "$copy/npm" && npm_alone install --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error \
    --fetch-retry-mintimeout=1000 --fetch-retry-maxtimeout=5000 "pipeline-credentials@$version") >"$copy/npm/log" 2>&1 || {
    say "pipeline-credentials: not from npm: $(sed -n 's/^npm [^ ]* code //p' "$copy/npm/log")"
    return 1
  }
  take "$copy/npm/node_modules/pipeline-credentials/dist" "$copy"
}

# No .npmrc of the project or of the home, no variables of the job; the way to the registry only.
npm_alone() {
  env -i PATH="$PATH:${node%/*}" HOME="$copy/npm" npm_config_cache="$copy/npm/cache" \
    npm_config_registry="${NPM_CONFIG_REGISTRY:-${npm_config_registry:-}}" \
    HTTPS_PROXY="${HTTPS_PROXY:-${https_proxy:-}}" HTTP_PROXY="${HTTP_PROXY:-${http_proxy:-}}" \
    NO_PROXY="${NO_PROXY:-${no_proxy:-}}" NODE_EXTRA_CA_CERTS="${NODE_EXTRA_CA_CERTS:-}" npm "$@"
}
