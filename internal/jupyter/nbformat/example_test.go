package nbformat_test

import (
	"fmt"

	"balanced/internal/jupyter/nbformat"
)

func ExampleParse() {
	n, err := nbformat.Parse([]byte(`{
		"nbformat": 4, "nbformat_minor": 4, "metadata": {},
		"cells": [{"cell_type": "markdown", "metadata": {}, "source": ["# Balance\n", "Spikes."]}]
	}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	data, err := n.Encode()
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%s", data)
	// Output:
	// {
	//  "cells": [
	//   {
	//    "cell_type": "markdown",
	//    "id": "0cf4682d",
	//    "metadata": {},
	//    "source": [
	//     "# Balance\n",
	//     "Spikes."
	//    ]
	//   }
	//  ],
	//  "metadata": {},
	//  "nbformat": 4,
	//  "nbformat_minor": 5
	// }
}
