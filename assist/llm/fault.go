package llm

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	openai "github.com/sashabaranov/go-openai"
)

// fault is what a failed request means: a code for the record, and whether the
// same request, or a plainer one, may succeed. The endpoint's words are looked
// at and never kept.
type fault struct {
	code  string
	again bool // the same request, later
	form  bool // a plainer request, at once
}

// said takes the text of an answer with status 200, or says why there is none.
func said(resp openai.ChatCompletionResponse) (content, why string) {
	if len(resp.Choices) == 0 {
		return "", "error_body"
	}
	ch := &resp.Choices[0]
	switch {
	case ch.FinishReason == openai.FinishReasonLength:
		return "", "length"
	case ch.FinishReason == openai.FinishReasonContentFilter, ch.Message.Refusal != "":
		return "", "filtered"
	}
	return ch.Message.Content, ""
}

// judge reads an error of the client. The four servers differ: OpenAI and Azure
// give codes as words, llama.cpp the status as a number and its kind as type,
// Ollama often a bare string.
func (e *Engine) judge(ctx context.Context, err error, mt *meter) fault {
	switch {
	case ctx.Err() != nil:
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			return fault{code: "timeout"}
		}
		return fault{code: "cancelled"}
	case errors.Is(err, errRedirect):
		return fault{code: "redirect"}
	case errors.Is(err, errTooLarge):
		return fault{code: "too_large"}
	}
	words := ""
	if api, ok := errors.AsType[*openai.APIError](err); ok {
		words = strings.ToLower(fmt.Sprint(api.Code) + " " + api.Type + " " + api.Message)
		if api.InnerError != nil {
			words += " " + strings.ToLower(api.InnerError.Code)
		}
	} else if req, ok := errors.AsType[*openai.RequestError](err); ok {
		words = strings.ToLower(clip(string(req.Body), 500))
	}
	about := func(list ...string) bool {
		for _, w := range list {
			if strings.Contains(words, w) {
				return true
			}
		}
		return false
	}
	format := about("response_format", "json_schema", "json schema", "grammar", "reasoning", "unsupported_parameter", "unsupported parameter", "extra_forbidden")
	switch status := mt.status; {
	case about("content_filter", "responsibleaipolicy"):
		return fault{code: "filtered"}
	case about("context_length", "exceed_context", "context size", "maximum context"):
		return fault{code: "too_long"}
	case about("insufficient_quota"):
		return fault{code: "quota"}
	case status == http.StatusBadRequest, status == http.StatusUnprocessableEntity, status == http.StatusNotImplemented, status >= 500 && format:
		return fault{code: "status", form: true}
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		return fault{code: "refused"}
	case status == http.StatusNotFound:
		return fault{code: "not_found"}
	case status == http.StatusTooManyRequests:
		return fault{code: "busy", again: true}
	case status == http.StatusRequestTimeout:
		return fault{code: "timeout", again: true}
	case status >= 500:
		return fault{code: "server", again: true}
	case status >= 400:
		return fault{code: "status"}
	case status >= 200:
		return fault{code: "broken", again: true}
	}
	return fault{code: "unreachable", again: true}
}
