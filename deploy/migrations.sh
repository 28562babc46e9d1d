#!/usr/bin/env bash
# Migrations of every service for both databases.
#   deploy/migrations.sh add NAME [Service]   a migration in each service (or one) and for each database
#   deploy/migrations.sh check                fails when a model has a change that no migration holds
#   deploy/migrations.sh script DIR           idempotent SQL Server scripts, one per service
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet tool restore >/dev/null
services=(Requests Dispatch Acceptance Scheduler Portal)
each() {
  local service provider
  for service in "${services[@]}"; do
    for provider in Sqlite SqlServer; do "$@" "$service" "$provider"; done
  done
}
ef() { local verb=$1 service=$2 provider=$3; shift 3; dotnet ef migrations $verb "$@" --project "services/$service" --context "$provider${service}Db" --no-build; }
case "${1:-}" in
  add)
    name=${2:?a name for the migration}
    [ -n "${3:-}" ] && services=("$3")
    for service in "${services[@]}"; do dotnet build "services/$service" -v q --nologo; done
    add() { ef "add $name" "$1" "$2" --output-dir "Data/Migrations/$2"; }
    each add ;;
  check)
    for service in "${services[@]}"; do dotnet build "services/$service" -v q --nologo; done
    check() { ef has-pending-model-changes "$1" "$2" >/dev/null || { echo "$1 ($2) has a change without a migration" >&2; exit 1; }; }
    each check; echo "no pending model changes" ;;
  script)
    dir=${2:?a folder}; mkdir -p "$dir"
    for service in "${services[@]}"; do dotnet build "services/$service" -v q --nologo; ef script "$service" SqlServer --idempotent --output "$dir/$service.sql"; done ;;
  *) sed -n '2,5p' "$0"; exit 2 ;;
esac
