#include surroundings.sh
#include node.sh
#include install-node.sh
#include take.sh
#include bring.sh
#include paths.sh
expand_paths
need_node
bring
if [ "$job_token" = false ]; then set -- --no-job-token; else set --; fi
"$node" "$cli" setup --format sh --manifest-file "$manifest_file" --repositories "$repositories" \
  --registries "$registries" --credentials "$credentials" --environment "$environment" --required "$required" \
  --git "$git" --docker "$docker" --revoke "$revoke" --allow-env "$allow_env" "$@"
