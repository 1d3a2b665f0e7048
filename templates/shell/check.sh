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
[ "$details" = false ] || set -- "$@" --details
[ "$report_issue" = false ] || set -- "$@" --report-issue
status=0
"$node" "$cli" check --manifest-file "$manifest_file" --repositories "$repositories" --registries "$registries" \
  --credentials "$credentials" --environment "$environment" --allow-env "$allow_env" --warn-within "$warn_within" \
  --fail-on "$fail_on" --report "$reports/pipeline-credentials.json" --junit "$reports/pipeline-credentials.xml" \
  --html "$reports/pipeline-credentials.html" --ics "$reports/pipeline-credentials.ics" \
  --code-insights "$code_insights" "$@" || status=$?
[ -z "${copy:-}" ] || rm -rf "$copy"
exit "$status"
