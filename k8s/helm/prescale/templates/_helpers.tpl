{{- define "prescale.labels" -}}
app.kubernetes.io/name: {{ .Release.Name }}
{{- end }}
{{- define "prescale.ports" -}}
{{- range . }}
- {protocol: TCP, port: {{ . }}}
{{- end }}
{{- end }}
