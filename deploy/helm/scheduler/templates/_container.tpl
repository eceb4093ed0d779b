{{/* What differs by pod, and what is secret; everything else comes from the ConfigMap. A name that stands in both wins here. */}}
{{- define "scheduler.env" -}}
- name: Scheduler__Security__AdminKey
  valueFrom:
    secretKeyRef:
      name: {{ .Values.security.adminKey.existingSecret }}
      key: {{ .Values.security.adminKey.key }}
{{- with .Values.security.tokenKeys }}
{{- if .existingSecret }}
{{- $secret := .existingSecret }}
{{- range $index, $key := .keys }}
- name: Scheduler__Security__TokenKeys__{{ $index }}
  valueFrom:
    secretKeyRef:
      name: {{ $secret }}
      key: {{ $key }}
{{- end }}
{{- end }}
{{- end }}
{{- if not .Values.store.sqlite }}
- name: Scheduler__Store
  valueFrom:
    secretKeyRef:
      name: {{ .Values.store.existingSecret }}
      key: {{ .Values.store.key }}
- name: Scheduler__Cluster__Key
  valueFrom:
    secretKeyRef:
      name: {{ .Values.cluster.existingSecret }}
      key: {{ .Values.cluster.key }}
# The pod's name is the replica's: it stays the same through restarts, and so does the address under it.
- name: POD_NAME
  valueFrom:
    fieldRef:
      fieldPath: metadata.name
- name: Scheduler__Cluster__Name
  value: $(POD_NAME)
- name: Scheduler__Cluster__Address
  value: http://$(POD_NAME).{{ include "scheduler.peers" . }}.{{ .Release.Namespace }}.svc:{{ include "scheduler.peerPort" $ }}
{{- with .Values.cluster.zoneLabel }}
- name: Scheduler__Cluster__Zone
  valueFrom:
    fieldRef:
      fieldPath: metadata.labels['{{ . }}']
{{- end }}
{{- end }}
{{- end -}}

{{/* Readiness moves players, liveness ends processes: the first is quick, the second slow. None of them looks at the store. */}}
{{- define "scheduler.probes" -}}
{{- $scheme := include "scheduler.scheme" . -}}
{{- with .Values.probes -}}
startupProbe:
  httpGet:
    path: /healthz/live
    port: {{ $scheme }}
    scheme: {{ upper $scheme }}
  periodSeconds: 1
  timeoutSeconds: 1
  failureThreshold: {{ .startupS }}
livenessProbe:
  httpGet:
    path: /healthz/live
    port: {{ $scheme }}
    scheme: {{ upper $scheme }}
  periodSeconds: {{ .livenessEveryS }}
  timeoutSeconds: 5
  failureThreshold: {{ .livenessFailures }}
readinessProbe:
  httpGet:
    path: /healthz/ready
    port: {{ $scheme }}
    scheme: {{ upper $scheme }}
  periodSeconds: {{ .readinessEveryS }}
  timeoutSeconds: 2
  failureThreshold: {{ .readinessFailures }}
{{- end }}
{{- end -}}
