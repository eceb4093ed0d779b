{{/* The name of everything of the release. 40 characters: labels of pods may have 63, and the stateful set adds to it. */}}
{{- define "scheduler.fullname" -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else if contains $name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* The headless service that gives every replica a name of its own. */}}
{{- define "scheduler.peers" -}}
{{- printf "%s-peers" (include "scheduler.fullname" .) -}}
{{- end -}}

{{- define "scheduler.selectorLabels" -}}
app.kubernetes.io/name: {{ default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "scheduler.labels" -}}
{{ include "scheduler.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "scheduler.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "scheduler.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "scheduler.image" -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) -}}
{{- end -}}
{{- end -}}

{{/* The ports of the pod, all of them: http or https for everybody, peers for the replicas among themselves. */}}
{{- define "scheduler.scheme" -}}
{{- ternary "https" "http" (not (empty .Values.tls.existingSecret)) -}}
{{- end -}}
{{- define "scheduler.port" -}}
{{- ternary 8443 8080 (not (empty .Values.tls.existingSecret)) -}}
{{- end -}}
{{- define "scheduler.peerPort" -}}8082{{- end -}}
{{- define "scheduler.servicePort" -}}
{{- default (ternary 443 80 (not (empty .Values.tls.existingSecret))) .Values.service.port -}}
{{- end -}}

{{/* Where the pod may write: the image's working directory. */}}
{{- define "scheduler.stateDirectory" -}}/var/lib/scheduler{{- end -}}
{{- define "scheduler.tlsDirectory" -}}/etc/scheduler/tls{{- end -}}

{{/* The most replicas that there will be. */}}
{{- define "scheduler.replicas" -}}
{{- ternary .Values.autoscaling.maxReplicas .Values.replicaCount .Values.autoscaling.enabled | int -}}
{{- end -}}

{{/* Nested options as lines of a ConfigMap: {Http: {Url: x}} is Scheduler__Http__Url: "x". By JSON, as numbers of YAML would come as 5e+06. */}}
{{- define "scheduler.settings" -}}
{{- $prefix := .prefix -}}
{{- if kindIs "map" .value -}}
{{- range $name, $value := .value }}
{{- include "scheduler.settings" (dict "prefix" (printf "%s__%s" $prefix $name) "value" $value) }}
{{- end -}}
{{- else if kindIs "slice" .value -}}
{{- range $index, $value := .value }}
{{- include "scheduler.settings" (dict "prefix" (printf "%s__%d" $prefix $index) "value" $value) }}
{{- end -}}
{{- else if kindIs "string" .value }}
{{ $prefix }}: {{ .value | quote }}
{{- else if not (kindIs "invalid" .value) }}
{{ $prefix }}: {{ .value | toJson | quote }}
{{- end -}}
{{- end -}}
