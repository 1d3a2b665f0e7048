#include surroundings.sh
#include node.sh
#include install-node.sh
#include take.sh
#include bring.sh
#include paths.sh
expand_paths
need_node
bring
set --
# A manifest in a variable of type File stays one.
if [ -f "${PIPELINE_CREDENTIALS:-}" ]; then set -- --type file; fi
status=0
"$node" "$cli" rotate --manifest-file "$manifest_file" --allow-env "$allow_env" --credentials "$credentials" \
  --within "$within" --days "$days" --to "$store" --store-provider gitlab --store-api-url "${CI_API_V4_URL:-}" \
  --token-env PIPELINE_CREDENTIALS_ROTATE_TOKEN "$@" || status=$?
[ -z "${copy:-}" ] || rm -rf "$copy"
exit "$status"
