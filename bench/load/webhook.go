package main

import (
	"encoding/json"
	"flag"
	"net/http"
)

// A webhook that answers "allowed" at once: what any webhook costs. It reads the request, as it has to echo the uid.
func webhook(arguments []string) error {
	flags := flag.NewFlagSet("webhook", flag.ExitOnError)
	address := flags.String("address", "127.0.0.1:8443", "to listen on")
	certificate := flags.String("cert", "tls.crt", "PEM file")
	key := flags.String("key", "tls.key", "PEM file")
	if err := flags.Parse(arguments); err != nil {
		return err
	}
	return http.ListenAndServeTLS(*address, *certificate, *key, http.HandlerFunc(allow))
}

type request struct {
	UID    string          `json:"uid"`
	Object json.RawMessage `json:"object"`
}

type response struct {
	UID     string `json:"uid"`
	Allowed bool   `json:"allowed"`
}

type review struct {
	APIVersion string    `json:"apiVersion"`
	Kind       string    `json:"kind"`
	Request    *request  `json:"request,omitempty"`
	Response   *response `json:"response,omitempty"`
}

func allow(writer http.ResponseWriter, asked *http.Request) {
	var in review
	if err := json.NewDecoder(asked.Body).Decode(&in); err != nil || in.Request == nil {
		http.Error(writer, "no admission review", http.StatusBadRequest)
		return
	}
	writer.Header().Set("Content-Type", "application/json")
	json.NewEncoder(writer).Encode(review{
		APIVersion: in.APIVersion,
		Kind:       in.Kind,
		Response:   &response{UID: in.Request.UID, Allowed: true},
	})
}
