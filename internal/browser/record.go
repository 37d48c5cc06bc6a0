package browser

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
)

// A Request is one that a page made, and what became of it.
type Request struct {
	URL     string
	Status  int    // of HTTP; 200 for a file that could be read
	Failure string // why there is no answer, or empty
	done    bool
}

// Failed tells whether the page did not get what it asked for.
func (r Request) Failed() bool {
	return !r.done || r.Failure != "" || r.Status < 200 || r.Status >= 400
}

func (r Request) String() string {
	switch {
	case !r.done:
		return r.URL + ": no end of it"
	case r.Failure != "":
		return r.URL + ": " + r.Failure
	}
	return fmt.Sprintf("%s: status %d", r.URL, r.Status)
}

// A record is what happened in a tab so far.
type record struct {
	sync.Mutex
	messages []string
	requests []*Request
	byID     map[network.RequestID]*Request
}

// note takes an event down. It is called by the loop that reads all that Chromium
// says about the tab, hence before the answer to any later question.
func (r *record) note(event any) {
	r.Lock()
	defer r.Unlock()
	switch event := event.(type) {
	case *runtime.EventConsoleAPICalled:
		switch event.Type {
		case runtime.ConsoleAPICalledTypeError, runtime.ConsoleAPICalledTypeWarning, runtime.ConsoleAPICalledTypeAssert:
			var words []string
			for _, argument := range event.Args {
				words = append(words, text(argument))
			}
			r.messages = append(r.messages, fmt.Sprintf("%s: %s", event.Type, strings.Join(words, " ")))
		}
	case *runtime.EventExceptionThrown:
		details := event.ExceptionDetails
		message := "exception: " + details.Text
		if details.Exception != nil {
			message += " " + text(details.Exception)
		}
		r.messages = append(r.messages, message)
	case *log.EventEntryAdded:
		if entry := event.Entry; entry.Level == log.EntryLevelError || entry.Level == log.EntryLevelWarning {
			r.messages = append(r.messages, strings.TrimSpace(fmt.Sprintf("%s: %s %s", entry.Level, entry.Text, entry.URL)))
		}
	case *network.EventRequestWillBeSent:
		r.begin(event)
	case *network.EventResponseReceived:
		if request := r.byID[event.RequestID]; request != nil {
			request.Status = int(event.Response.Status)
		}
	case *network.EventLoadingFailed:
		if request := r.byID[event.RequestID]; request != nil {
			request.Failure, request.done = cmp.Or(event.ErrorText, string(event.BlockedReason), "failed"), true
		}
	case *network.EventLoadingFinished:
		if request := r.byID[event.RequestID]; request != nil {
			request.done = true
		}
	case *network.EventWebSocketCreated:
		r.requests = append(r.requests, &Request{URL: event.URL, done: true, Status: 101})
	}
}

// begin takes down a request, unless its answer is in the page itself. After a
// redirection Chromium goes on with the same identifier.
func (r *record) begin(event *network.EventRequestWillBeSent) {
	address := event.Request.URL
	if strings.HasPrefix(address, "data:") || strings.HasPrefix(address, "blob:") {
		return
	}
	if earlier := r.byID[event.RequestID]; earlier != nil && event.RedirectResponse != nil {
		earlier.Status, earlier.done = int(event.RedirectResponse.Status), true
	}
	request := &Request{URL: address}
	r.requests = append(r.requests, request)
	r.byID[event.RequestID] = request
}

// text is a value of JavaScript as the console shows it, or nearly.
func text(value *runtime.RemoteObject) string {
	var plain string
	if json.Unmarshal(value.Value, &plain) == nil && plain != "" {
		return plain
	}
	return cmp.Or(value.Description, string(value.UnserializableValue), string(value.Value), string(value.Type))
}

// pending tells whether a request has no end yet.
func (r *record) pending() bool {
	r.Lock()
	defer r.Unlock()
	return slices.ContainsFunc(r.requests, func(request *Request) bool { return !request.done })
}

// Messages returns what the page has written to the console so far as an error or
// a warning, the exceptions that it did not catch, and what Chromium itself
// complains of, in order, each with its level.
func (p *Page) Messages() []string {
	p.record.Lock()
	defer p.record.Unlock()
	return slices.Clone(p.record.messages)
}

// Requests returns all requests that the page has made so far, in order, its own
// first. Addresses that hold their own answer (data: and blob:) are none. Requests
// of a worker, or of a frame from elsewhere, are not seen.
func (p *Page) Requests() []Request {
	p.record.Lock()
	defer p.record.Unlock()
	var list []Request
	for _, request := range p.record.requests {
		list = append(list, *request)
	}
	return list
}
