{{/*
What would not run, or not as anybody means it, is not rendered. Every reason at once, each with what to set.
The schema has seen types and names before; here is what depends on several values.
*/}}
{{- define "scheduler.refusals" -}}
{{- $v := .Values -}}
{{- $reasons := list -}}
{{- $several := gt (include "scheduler.replicas" . | int) 1 -}}
{{- if not $v.image.repository -}}
{{- $reasons = append $reasons "image.repository is needed: where you pushed the image that deploy/Dockerfile makes" -}}
{{- end -}}
{{- if not $v.security.adminKey.existingSecret -}}
{{- $reasons = append $reasons "security.adminKey.existingSecret is needed: kubectl create secret generic NAME --from-literal=admin-key=\"$(openssl rand -hex 32)\"" -}}
{{- end -}}
{{- if and $v.store.sqlite $v.store.existingSecret -}}
{{- $reasons = append $reasons "store.sqlite and store.existingSecret exclude each other: the store is in a file, or in PostgreSQL" -}}
{{- end -}}
{{- if not (or $v.store.sqlite $v.store.existingSecret) -}}
{{- $reasons = append $reasons "store.existingSecret is needed: a Secret with the connection string of PostgreSQL; or set store.sqlite for one replica" -}}
{{- end -}}
{{- if and $v.store.sqlite $several -}}
{{- $reasons = append $reasons "store.sqlite is for one replica: set replicaCount to 1 and autoscaling.enabled to false, or use PostgreSQL" -}}
{{- end -}}
{{- if and $v.store.sqlite (not $v.persistence.enabled) -}}
{{- $reasons = append $reasons "store.sqlite needs persistence.enabled: without a volume the store would end with its pod" -}}
{{- end -}}
{{- if not (or $v.store.sqlite $v.cluster.existingSecret) -}}
{{- $reasons = append $reasons "cluster.existingSecret is needed beside PostgreSQL, by which the replicas of a store know each other: kubectl create secret generic NAME --from-literal=cluster-key=\"$(openssl rand -hex 32)\"" -}}
{{- end -}}
{{- if and $v.cluster.zone $v.cluster.zoneLabel -}}
{{- $reasons = append $reasons "cluster.zone and cluster.zoneLabel exclude each other: the zone is told, or read from a label of the pod" -}}
{{- end -}}
{{- if and $v.autoscaling.enabled (lt (int $v.autoscaling.maxReplicas) (int $v.autoscaling.minReplicas)) -}}
{{- $reasons = append $reasons "autoscaling.maxReplicas must not be less than autoscaling.minReplicas" -}}
{{- end -}}
{{- $http := default dict $v.settings.Http -}}
{{- if $v.settings.Demo -}}
{{- $reasons = append $reasons "settings.Demo is refused: demo mode plays a sample fleet and lets callers in without a key; it listens on loopback only, so no pod could be reached" -}}
{{- else if hasKey $v.settings "Demo" -}}
{{- $reasons = append $reasons "settings.Demo is refused: leave it out, a published build is not in demo mode" -}}
{{- end -}}
{{- range $name, $instead := dict "Store" "store" "Security" "security" "Cluster" "cluster" -}}
{{- if hasKey $v.settings $name -}}
{{- $reasons = append $reasons (printf "settings.%s is refused: the chart sets it by %s, so that no secret lies in a ConfigMap" $name $instead) -}}
{{- end -}}
{{- end -}}
{{- range $name, $instead := dict "Url" "listenAddress and tls" "Tls" "tls" -}}
{{- if hasKey $http $name -}}
{{- $reasons = append $reasons (printf "settings.Http.%s is refused: the chart sets it by %s" $name $instead) -}}
{{- end -}}
{{- end -}}
{{- range $v.extraEnv -}}
{{- if hasPrefix "scheduler__" (lower .name) -}}
{{- $reasons = append $reasons (printf "extraEnv: %s is refused: options of the scheduler go into settings, secrets into security, store and cluster" .name) -}}
{{- end -}}
{{- end -}}
{{- if and $v.ingress.enabled (empty $http.TrustedProxies) -}}
{{- $reasons = append $reasons "ingress.enabled needs settings.Http.TrustedProxies: the addresses of the ingress controller's pods; without, every viewer is located where they are" -}}
{{- end -}}
{{- if and $v.ingress.enabled (empty $v.ingress.hosts) -}}
{{- $reasons = append $reasons "ingress.enabled needs ingress.hosts" -}}
{{- end -}}
{{- if $reasons -}}
{{- fail (printf "\n  %s" (join "\n  " $reasons)) -}}
{{- end -}}
{{- end -}}
