// Package scenario reads ../../scenario.json and holds a client to it: ../../README.md says what a step means. What differs from
// client to client is a [Caller].
package scenario

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
)

type object = map[string]any

// Scenario is what the file holds.
type Scenario struct {
	Group string
	Token string
	Steps []step
}

type step struct {
	Name    string
	Control *struct {
		Method, Path string
		Body         any
	}
	Operation       string
	Action          string
	Query           object
	Body            string
	With            object
	Untyped         bool
	Ranged          bool
	Status          int
	Headers         map[string]string
	Fields          object
	Present, Absent []string
	Listed          []string
	Keep            map[string]string
}

// Call is what a client is to do.
type Call struct {
	Operation     string
	Group, Action string
	Query         map[string]any
	Body          []byte
	// The client's types cannot say it.
	Untyped bool
	// Types that know ranges cannot say it.
	Ranged bool
}

// Outcome is what a client made of one answer.
type Outcome struct {
	Status int
	Header http.Header
	// A value of the client's own types; nil if the answer has no body.
	Answer any
	// The actions of a list, each in words.
	Listed []string
}

// Caller is a generated client.
type Caller func(Call) (Outcome, error)

// Read reads a file as JSON.
func Read(path string, value any) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return json.Unmarshal(text, value)
}

// Run goes through all steps. It prints the name of each that is as it should be, and ends at the first that is not.
func (s Scenario) Run(url, folder string, client Caller) error {
	kept := object{}
	for _, step := range s.Steps {
		var err error
		if step.Control != nil {
			err = control(url, s.Token, step)
		} else {
			err = step.run(s.Group, folder, kept, client)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", step.Name, err)
		}
		fmt.Println(step.Name)
	}
	return nil
}

func control(url, token string, step step) error {
	body, err := json.Marshal(step.Control.Body)
	if err != nil {
		return err
	}
	request, err := http.NewRequest(step.Control.Method, url+step.Control.Path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("accessToken", token)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	return expect("status", response.StatusCode, http.StatusOK)
}

func (s step) run(group, folder string, kept object, client Caller) error {
	call := Call{Operation: s.Operation, Group: group, Query: filled(s.Query, kept), Untyped: s.Untyped, Ranged: s.Ranged}
	call.Action, _ = fill(s.Action, kept).(string)
	if s.Body != "" {
		var body object
		if err := Read(filepath.Join(folder, "../openapi/examples", s.Body+".json"), &body); err != nil {
			return err
		}
		maps.Copy(body, filled(s.With, kept))
		var err error
		if call.Body, err = json.Marshal(body); err != nil {
			return err
		}
	}
	outcome, err := client(call)
	if err != nil {
		return err
	}
	if err := expect("status", outcome.Status, s.Status); err != nil {
		return err
	}
	for name, value := range s.Headers {
		if err := expect(name, outcome.Header.Get(name), value); err != nil {
			return err
		}
	}
	// What the client's types write is read as JSON again.
	var answer any
	text, err := json.Marshal(outcome.Answer)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, &answer); err != nil {
		return err
	}
	for pointer, value := range filled(s.Fields, kept) {
		if err := expect(pointer, at(answer, pointer), value); err != nil {
			return err
		}
	}
	for _, pointer := range s.Present {
		if err := expect("presence of "+pointer, at(answer, pointer) != nil, true); err != nil {
			return err
		}
	}
	for _, pointer := range s.Absent {
		if err := expect(pointer, at(answer, pointer), nil); err != nil {
			return err
		}
	}
	if s.Listed != nil {
		if err := expect("list", outcome.Listed, s.Listed); err != nil {
			return err
		}
	}
	for name, pointer := range s.Keep {
		if kept[name] = at(answer, pointer); kept[name] == nil {
			return fmt.Errorf("no %s", pointer)
		}
	}
	return nil
}

func fill(value any, kept object) any {
	if text, ok := value.(string); ok && strings.HasPrefix(text, "$") {
		return kept[text[1:]]
	}
	return value
}

func filled(values, kept object) object {
	all := object{}
	for name, value := range values {
		all[name] = fill(value, kept)
	}
	return all
}

func expect(what string, found, expected any) error {
	if !reflect.DeepEqual(found, expected) {
		return fmt.Errorf("%s is %v, not %v", what, found, expected)
	}
	return nil
}

// at is the value at a JSON Pointer, nil if there is none; the scenario's have no `~`.
func at(value any, pointer string) any {
	for _, name := range strings.Split(pointer, "/")[1:] {
		switch inner := value.(type) {
		case object:
			value = inner[name]
		case []any:
			index, err := strconv.Atoi(name)
			if err != nil || index >= len(inner) {
				return nil
			}
			value = inner[index]
		default:
			return nil
		}
	}
	return value
}
