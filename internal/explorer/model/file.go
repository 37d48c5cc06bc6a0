package model

import "balanced/bnn"

// A FileQuestion asks for the text of a network file, as a message of kind "file".
type FileQuestion struct {
	Network bnn.Network `json:"network"`
}

// A TextAnswer holds a text to be copied.
type TextAnswer struct {
	Text    string   `json:"text"`
	Problem *Problem `json:"problem"`
}

// Answer returns the text that bnn.WriteNetwork writes. The error is a *bnn.InputError.
func (q FileQuestion) Answer() (*TextAnswer, error) {
	text, err := q.Network.MarshalJSON()
	if err != nil {
		return nil, err
	}
	return &TextAnswer{Text: string(text)}, nil
}
