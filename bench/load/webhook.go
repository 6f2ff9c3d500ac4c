package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"os"
)

// A webhook that answers at once: what any webhook costs. It reads the request, as it has to echo the uid.
func webhook(arguments []string) error {
	flags := flag.NewFlagSet("webhook", flag.ExitOnError)
	address := flags.String("address", "127.0.0.1:8443", "to listen on")
	certificate := flags.String("cert", "tls.crt", "PEM file")
	key := flags.String("key", "tls.key", "PEM file")
	file := flags.String("answers", "", "JSON file of an answer for each path; it allows what is asked at any other")
	if err := flags.Parse(arguments); err != nil {
		return err
	}
	responses, err := responses(*file)
	if err != nil {
		return err
	}
	return http.ListenAndServeTLS(*address, *certificate, *key, answering(responses))
}

type request struct {
	UID    string          `json:"uid"`
	Object json.RawMessage `json:"object"`
}

type response struct {
	UID              string            `json:"uid"`
	Allowed          bool              `json:"allowed"`
	PatchType        string            `json:"patchType,omitempty"`
	Patch            []byte            `json:"patch,omitempty"`
	AuditAnnotations map[string]string `json:"auditAnnotations,omitempty"`
}

type review struct {
	APIVersion string    `json:"apiVersion"`
	Kind       string    `json:"kind"`
	Request    *request  `json:"request,omitempty"`
	Response   *response `json:"response,omitempty"`
}

// responses by path, of a file; none of "".
func responses(file string) (map[string]response, error) {
	if file == "" {
		return nil, nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var answers map[string]struct {
		Patch            json.RawMessage
		AuditAnnotations map[string]string
	}
	if err := json.Unmarshal(text, &answers); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	responses := map[string]response{}
	for path, answer := range answers {
		response := response{AuditAnnotations: answer.AuditAnnotations}
		if answer.Patch != nil {
			var patch bytes.Buffer
			if err := json.Compact(&patch, answer.Patch); err != nil {
				return nil, fmt.Errorf("%s: %w", file, err)
			}
			response.PatchType = "JSONPatch"
			response.Patch = patch.Bytes()
		}
		responses[path] = response
	}
	return responses, nil
}

func answering(responses map[string]response) http.HandlerFunc {
	return func(writer http.ResponseWriter, asked *http.Request) {
		var in review
		if err := json.NewDecoder(asked.Body).Decode(&in); err != nil || in.Request == nil {
			http.Error(writer, "no admission review", http.StatusBadRequest)
			return
		}
		answer := responses[asked.URL.Path]
		answer.UID = in.Request.UID
		answer.Allowed = true
		writer.Header().Set("Content-Type", "application/json")
		json.NewEncoder(writer).Encode(review{APIVersion: in.APIVersion, Kind: in.Kind, Response: &answer})
	}
}
