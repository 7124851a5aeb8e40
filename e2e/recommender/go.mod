module prescale.dev/recommender-client

go 1.26.0

require (
	github.com/DataDog/agent-payload/v5 v5.0.215
	google.golang.org/protobuf v1.36.11
)

require github.com/chrusty/protoc-gen-jsonschema v0.0.0-20240212064413-73d5723042b8 // indirect
