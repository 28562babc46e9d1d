#!/usr/bin/env bash
# Publishes every program into one folder: deploy/publish.sh FOLDER [options of dotnet publish]
# One by one, since only a program's own publishing writes its deps.json, without which it finds neither SQLite nor SQL Server's client.
set -euo pipefail
folder=$(realpath -m "${1:?a folder}"); shift
cd "$(dirname "$0")/.."
for program in Requests Dispatch Acceptance Scheduler Portal Embedded; do
  dotnet publish "services/$program" -o "$folder" --nologo -v q "$@"
done
